/* One table of Unicode blocks, in their order. Blocks of the same script repeat its tag. Emoji are no script:
 * they are the pictographs that Unicode draws wide, pairs of regional indicators, and whatever a variation
 * selector or a joiner makes one. */
#include "render/script.h"

#include "render/point.h"

#include <utf8proc.h>

static const RenScript scripts[] = {
    {0x0590, 0x05FF, "Hebr", "NotoSansHebrew", true},
    {0x0600, 0x06FF, "Arab", "NotoSansArabic", true},
    {0x0700, 0x074F, "Syrc", "NotoSansSyriac", true},
    {0x0750, 0x077F, "Arab", "NotoSansArabic", true},
    {0x0780, 0x07BF, "Thaa", "NotoSansThaana", true},
    {0x07C0, 0x07FF, "Nkoo", "NotoSansNKo", true},
    {0x0800, 0x083F, "Samr", "NotoSansSamaritan", true},
    {0x0840, 0x085F, "Mand", "NotoSansMandaic", true},
    {0x08A0, 0x08FF, "Arab", "NotoSansArabic", true},
    {0x0900, 0x097F, "Deva", "NotoSansDevanagari", true},
    {0x0980, 0x09FF, "Beng", "NotoSansBengali", true},
    {0x0A00, 0x0A7F, "Guru", "NotoSansGurmukhi", true},
    {0x0A80, 0x0AFF, "Gujr", "NotoSansGujarati", true},
    {0x0B00, 0x0B7F, "Orya", "NotoSansOriya", true},
    {0x0B80, 0x0BFF, "Taml", "NotoSansTamil", true},
    {0x0C00, 0x0C7F, "Telu", "NotoSansTelugu", true},
    {0x0C80, 0x0CFF, "Knda", "NotoSansKannada", true},
    {0x0D00, 0x0D7F, "Mlym", "NotoSansMalayalam", true},
    {0x0D80, 0x0DFF, "Sinh", "NotoSansSinhala", true},
    {0x0E00, 0x0E7F, "Thai", "NotoSansThai", true},
    {0x0E80, 0x0EFF, "Laoo", "NotoSansLao", true},
    {0x0F00, 0x0FFF, "Tibt", "NotoSerifTibetan", true},
    {0x1000, 0x109F, "Mymr", "NotoSansMyanmar", true},
    {0x10A0, 0x10FF, "Geor", "NotoSansGeorgian", false},
    {0x1200, 0x139F, "Ethi", "NotoSansEthiopic", false},
    {0x13A0, 0x13FF, "Cher", "NotoSansCherokee", false},
    {0x1400, 0x167F, "Cans", "NotoSansCanadianAboriginal", false},
    {0x1680, 0x169F, "Ogam", "NotoSansOgham", false},
    {0x16A0, 0x16FF, "Runr", "NotoSansRunic", false},
    {0x1700, 0x171F, "Tglg", "NotoSansTagalog", true},
    {0x1780, 0x17FF, "Khmr", "NotoSansKhmer", true},
    {0x1800, 0x18AF, "Mong", "NotoSansMongolian", true},
    {0x1950, 0x197F, "Tale", "NotoSansTaiLe", false},
    {0x1B00, 0x1B7F, "Bali", "NotoSansBalinese", true},
    {0x1B80, 0x1BBF, "Sund", "NotoSansSundanese", true},
    {0x1C50, 0x1C7F, "Olck", "NotoSansOlChiki", false},
    {0x2C00, 0x2C5F, "Glag", "NotoSansGlagolitic", false},
    {0x2C80, 0x2CFF, "Copt", "NotoSansCoptic", false},
    {0x2D30, 0x2D7F, "Tfng", "NotoSansTifinagh", false},
    {0x2D80, 0x2DDF, "Ethi", "NotoSansEthiopic", false},
    {0xA000, 0xA4CF, "Yiii", "NotoSansYi", false},
    {0xA4D0, 0xA4FF, "Lisu", "NotoSansLisu", false},
    {0xA500, 0xA63F, "Vaii", "NotoSansVai", false},
    {0xA8E0, 0xA8FF, "Deva", "NotoSansDevanagari", true},
    {0xA980, 0xA9DF, "Java", "NotoSansJavanese", true},
    {0xAA00, 0xAA5F, "Cham", "NotoSansCham", true},
    {0xAA60, 0xAA7F, "Mymr", "NotoSansMyanmar", true},
    {0xABC0, 0xABFF, "Mtei", "NotoSansMeeteiMayek", true},
    {0xFB1D, 0xFB4F, "Hebr", "NotoSansHebrew", true},
    {0xFB50, 0xFDFF, "Arab", "NotoSansArabic", true},
    {0xFE70, 0xFEFE, "Arab", "NotoSansArabic", true},
    {0x10330, 0x1034F, "Goth", "NotoSansGothic", false},
    {0x10380, 0x1039F, "Ugar", "NotoSansUgaritic", false},
    {0x103A0, 0x103DF, "Xpeo", "NotoSansOldPersian", false},
    {0x10400, 0x1044F, "Dsrt", "NotoSansDeseret", false},
    {0x12000, 0x1247F, "Xsux", "NotoSansCuneiform", false},
    {0x13000, 0x1342F, "Egyp", "NotoSansEgyptianHieroglyphs", false},
    {0x1E900, 0x1E95F, "Adlm", "NotoSansAdlam", true},
};

const RenScript *ren_script_of(int32_t point) {
  size_t from = 0, to = sizeof scripts / sizeof *scripts;
  while (from < to) {
    size_t middle = (from + to) / 2;
    if (point < scripts[middle].from)
      to = middle;
    else if (point > scripts[middle].to)
      from = middle + 1;
    else
      return &scripts[middle];
  }
  return NULL;
}

const RenScript *ren_script_of_piece(const char *piece, size_t n) {
  int32_t point = 0;
  const RenScript *script = NULL;
  for (size_t at = 0; at < n && !script; script = ren_script_of(point)) at += ren_point_read(piece + at, &point);
  return script;
}

static bool is_wide_pictograph(int32_t point) {
  if (point >= 0x1F3FB && point <= 0x1F3FF) return true; /* tones of skin, by themselves */
  int class = utf8proc_get_property(point)->boundclass;
  return class == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR ||
         (class == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC && utf8proc_charwidth(point) == 2);
}

bool ren_script_is_emoji(const char *piece, size_t n) {
  bool emoji = false;
  for (size_t at = 0; at < n;) {
    int32_t point = 0;
    at += ren_point_read(piece + at, &point);
    if (point == 0xFE0E) return false;
    if (point == 0xFE0F || is_wide_pictograph(point)) emoji = true;
  }
  return emoji;
}
