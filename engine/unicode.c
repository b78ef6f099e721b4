/* utf8proc knows the categories; two short tables hold the difference between its Unicode and the older one
 * of the reference. White_Space is spelled out: no library's own notion of a space is used. */
#include "engine/unicode.h"

#include <utf8proc.h>

typedef struct Range {
  uint32_t low, high;
} Range;

/* Nonspacing marks, punctuation and format characters that Unicode 8 did not have (or had as letters). */
static const Range young[] = {
    {0x61D, 0x61D},     {0x7FD, 0x7FD},     {0x890, 0x891},     {0x898, 0x89F},     {0x8CA, 0x8E2},
    {0x9FD, 0x9FE},     {0xA76, 0xA76},     {0xAFA, 0xAFF},     {0xB55, 0xB55},     {0xC04, 0xC04},
    {0xC3C, 0xC3C},     {0xC77, 0xC77},     {0xC84, 0xC84},     {0xD00, 0xD00},     {0xD3B, 0xD3C},
    {0xD81, 0xD81},     {0xEBA, 0xEBA},     {0x180F, 0x180F},   {0x1885, 0x1886},   {0x1ABF, 0x1ACE},
    {0x1B7D, 0x1B7E},   {0x1DF6, 0x1DFB},   {0x2E43, 0x2E4F},   {0x2E52, 0x2E5D},   {0xA82C, 0xA82C},
    {0xA8C5, 0xA8C5},   {0xA8FF, 0xA8FF},   {0xA9BD, 0xA9BD},   {0x10D24, 0x10D27}, {0x10EAB, 0x10EAD},
    {0x10F46, 0x10F59}, {0x10F82, 0x10F89}, {0x11070, 0x11070}, {0x11073, 0x11074}, {0x110C2, 0x110C2},
    {0x110CD, 0x110CD}, {0x111C9, 0x111C9}, {0x111CF, 0x111CF}, {0x1123E, 0x1123E}, {0x1133B, 0x1133B},
    {0x11438, 0x1143F}, {0x11442, 0x11444}, {0x11446, 0x11446}, {0x1144B, 0x1144F}, {0x1145A, 0x1145E},
    {0x11660, 0x1166C}, {0x116B9, 0x116B9}, {0x1182F, 0x11837}, {0x11839, 0x1183B}, {0x1193B, 0x1193C},
    {0x1193E, 0x1193E}, {0x11943, 0x11946}, {0x119D4, 0x119DB}, {0x119E0, 0x119E0}, {0x119E2, 0x119E2},
    {0x11A01, 0x11A0A}, {0x11A33, 0x11A38}, {0x11A3B, 0x11A47}, {0x11A51, 0x11A56}, {0x11A59, 0x11A5B},
    {0x11A8A, 0x11A96}, {0x11A98, 0x11A9C}, {0x11A9E, 0x11AA2}, {0x11C30, 0x11C3D}, {0x11C3F, 0x11C45},
    {0x11C70, 0x11C71}, {0x11C92, 0x11CA7}, {0x11CAA, 0x11CB0}, {0x11CB2, 0x11CB3}, {0x11CB5, 0x11CB6},
    {0x11D31, 0x11D45}, {0x11D47, 0x11D47}, {0x11D90, 0x11D91}, {0x11D95, 0x11D95}, {0x11D97, 0x11D97},
    {0x11EF3, 0x11EF4}, {0x11EF7, 0x11EF8}, {0x11FFF, 0x11FFF}, {0x12FF1, 0x12FF2}, {0x13430, 0x13438},
    {0x16E97, 0x16E9A}, {0x16F4F, 0x16F4F}, {0x16FE2, 0x16FE2}, {0x16FE4, 0x16FE4}, {0x1CF00, 0x1CF46},
    {0x1E000, 0x1E02A}, {0x1E130, 0x1E136}, {0x1E2AE, 0x1E2AE}, {0x1E2EC, 0x1E2EF}, {0x1E944, 0x1E94A},
    {0x1E95E, 0x1E95F},
};

/* Marks that Unicode 9 did not have. */
static const Range new_marks[] = {
    {0x7FD, 0x7FD},     {0x898, 0x89F},     {0x8CA, 0x8D3},     {0x9FE, 0x9FE},     {0xAFA, 0xAFF},
    {0xB55, 0xB55},     {0xC04, 0xC04},     {0xC3C, 0xC3C},     {0xD00, 0xD00},     {0xD3B, 0xD3C},
    {0xD81, 0xD81},     {0xEBA, 0xEBA},     {0x1715, 0x1715},   {0x180F, 0x180F},   {0x1ABF, 0x1ACE},
    {0x1CF7, 0x1CF7},   {0x1DF6, 0x1DFA},   {0xA82C, 0xA82C},   {0xA8FF, 0xA8FF},   {0x10D24, 0x10D27},
    {0x10EAB, 0x10EAC}, {0x10F46, 0x10F50}, {0x10F82, 0x10F85}, {0x11070, 0x11070}, {0x11073, 0x11074},
    {0x110C2, 0x110C2}, {0x11145, 0x11146}, {0x111C9, 0x111C9}, {0x111CE, 0x111CF}, {0x1133B, 0x1133B},
    {0x1145E, 0x1145E}, {0x1182C, 0x1183A}, {0x11930, 0x1193E}, {0x11940, 0x11940}, {0x11942, 0x11943},
    {0x119D1, 0x119E0}, {0x119E4, 0x119E4}, {0x11A01, 0x11A0A}, {0x11A33, 0x11A39}, {0x11A3B, 0x11A3E},
    {0x11A47, 0x11A47}, {0x11A51, 0x11A5B}, {0x11A8A, 0x11A99}, {0x11D31, 0x11D45}, {0x11D47, 0x11D47},
    {0x11D8A, 0x11D97}, {0x11EF3, 0x11EF6}, {0x16F4F, 0x16F4F}, {0x16F7F, 0x16F87}, {0x16FE4, 0x16FF1},
    {0x1CF00, 0x1CF46}, {0x1E130, 0x1E136}, {0x1E2AE, 0x1E2AE}, {0x1E2EC, 0x1E2EF},
};

static const Range spaces[] = {{0x9, 0xD},       {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},
                               {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                               {0x205F, 0x205F}, {0x3000, 0x3000}};

static const Range cjk[] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},  {0x20000, 0x2A6DF},
                            {0x2A700, 0x2B81F}, {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F}};

/* Symbols that count as alphabetic: circled, squared and the like. */
static const Range lettered[] = {{0x24B6, 0x24E9}, {0x1F130, 0x1F149}, {0x1F150, 0x1F169}, {0x1F170, 0x1F189}};

#define IN(table, code) is_in(table, sizeof(table) / sizeof *(table), code)

static bool is_in(const Range *ranges, size_t n, uint32_t code) {
  size_t low = 0;
  while (low < n) {
    size_t middle = low + (n - low) / 2;
    if (code < ranges[middle].low)
      n = middle;
    else if (code > ranges[middle].high)
      low = middle + 1;
    else
      return true;
  }
  return false;
}

static utf8proc_category_t category(uint32_t code) { return utf8proc_category((utf8proc_int32_t)code); }

static bool is_ascii_letter(uint32_t code) { return (code | 0x20) >= 'a' && (code | 0x20) <= 'z'; }

bool eng_unicode_is_space(uint32_t code) { return IN(spaces, code); }

bool eng_unicode_is_letter(uint32_t code) {
  if (code < 0x80) return is_ascii_letter(code);
  utf8proc_category_t c = category(code);
  return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool eng_unicode_is_number(uint32_t code) {
  if (code < 0x80) return code >= '0' && code <= '9';
  utf8proc_category_t c = category(code);
  return c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
}

static bool is_mark(utf8proc_category_t c) { return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME; }

bool eng_unicode_is_word(uint32_t code) {
  if (code == 0x200C || code == 0x200D || eng_unicode_is_letter(code)) return true;
  utf8proc_category_t c = category(code);
  if (is_mark(c)) return true;
  return c == UTF8PROC_CATEGORY_ND || c == UTF8PROC_CATEGORY_NL || c == UTF8PROC_CATEGORY_PC || IN(lettered, code);
}

bool eng_unicode_bert_is_dropped(uint32_t code) {
  if (code == '\t' || code == '\n' || code == '\r') return false;
  if (code == 0xFFFD) return true;
  utf8proc_category_t c = category(code);
  bool control = c == UTF8PROC_CATEGORY_CC || c == UTF8PROC_CATEGORY_CF || c == UTF8PROC_CATEGORY_CO;
  return control && !IN(young, code);
}

bool eng_unicode_bert_is_cjk(uint32_t code) { return code >= 0x3400 && IN(cjk, code); }

bool eng_unicode_bert_is_punctuation(uint32_t code) {
  if (code < 0x80) return code > ' ' && code < 0x7F && !is_ascii_letter(code) && !(code >= '0' && code <= '9');
  if (code == 0x166D || code == 0x111C9) return true; /* were punctuation in Unicode 8 */
  utf8proc_category_t c = category(code);
  return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_PO && !IN(young, code);
}

bool eng_unicode_bert_is_mark(uint32_t code) {
  if (code == 0x1734) return true; /* was nonspacing in Unicode 8 */
  return code >= 0x300 && category(code) == UTF8PROC_CATEGORY_MN && !IN(young, code);
}

bool eng_unicode_is_accent(uint32_t code) {
  if (code == 0x1CF2 || code == 0x1CF3) return true; /* were marks in Unicode 9 */
  return code >= 0x300 && is_mark(category(code)) && !IN(new_marks, code);
}

size_t eng_unicode_lower(uint32_t code, uint32_t out[ENG_UNICODE_MOST]) {
  if (code == 0x130) { /* İ: the only one that becomes two */
    out[0] = 'i';
    out[1] = 0x307;
    return 2;
  }
  out[0] = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
  return 1;
}

/* Characters newer than Unicode 9 that decompose, for compatibility or at all. */
static const Range whole[] = {{0x32FF, 0x32FF},   {0xA7F2, 0xA7F4},   {0xAB69, 0xAB69},  {0x10781, 0x107BA},
                              {0x11938, 0x11938}, {0x1F16C, 0x1F16C}, {0x1FBF0, 0x1FBF9}};

size_t eng_unicode_decompose(uint32_t code, bool compatible, uint32_t out[ENG_UNICODE_MOST]) {
  out[0] = code;
  if (code < 0xA0 || IN(whole, code)) return 1;
  utf8proc_int32_t parts[ENG_UNICODE_MOST] = {0};
  int boundary = UTF8PROC_BOUNDCLASS_START;
  utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_STABLE | (compatible ? UTF8PROC_COMPAT : 0);
  utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, parts, ENG_UNICODE_MOST, options, &boundary);
  if (n < 1 || n > ENG_UNICODE_MOST) return 1;
  for (utf8proc_ssize_t i = 0; i < n; i++) out[i] = (uint32_t)parts[i];
  return (size_t)n;
}

int eng_unicode_class(uint32_t code) {
  if (code < 0x300 || IN(new_marks, code)) return 0;
  return utf8proc_get_property((utf8proc_int32_t)code)->combining_class;
}

uint32_t eng_unicode_compose(uint32_t first, uint32_t second) {
  if (second < 0x300 || first == 0x11935) return 0; /* U+11938 came with Unicode 13 */
  if (second == 0x11A7) return 0;                   /* a vowel, which utf8proc takes for a final and swallows */
  utf8proc_int32_t pair[2] = {(utf8proc_int32_t)first, (utf8proc_int32_t)second};
  utf8proc_ssize_t n = utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  return n == 1 ? (uint32_t)pair[0] : 0;
}
