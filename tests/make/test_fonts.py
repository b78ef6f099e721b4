"""Fonts of a few shapes for the tests of text: named as fonts that a machine may have, so that the search finds
them, but drawn here and free of all rights (CC0). Needs fontTools.
usage: test_fonts.py OUT_FOLDER"""
import pathlib
import struct
import sys
import zlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables import BitmapGlyphMetrics, C_B_D_T_, E_B_L_C_

EM, ASCENT, DESCENT = 1000, 900, 200
STRIKE = 40  # pixels of the one size that the font of pictures has


def box(left, bottom, right, top):
    pen = TTGlyphPen(None)
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def start(name, shapes, advance):
    """shapes: glyph name -> (code point or None, glyph)"""
    order = [".notdef", *shapes]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({point: glyph for glyph, (point, _) in shapes.items() if point is not None})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **{glyph: shape for glyph, (_, shape) in shapes.items()}})
    left = {glyph: min((x for x, _ in shape.coordinates), default=0) if shape.numberOfContours else 0
            for glyph, (_, shape) in shapes.items()}
    builder.setupHorizontalMetrics({glyph: (advance, left.get(glyph, 0)) for glyph in order})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT)
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=-DESCENT, usWinAscent=ASCENT, usWinDescent=DESCENT)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    return builder


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(side, upper, lower):
    """A square of two colours (RGBA), one above the other."""
    rows = b"".join(b"\0" + bytes(upper if y < side // 2 else lower) * side for y in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def small_metrics(kind):
    metrics = kind()
    metrics.height = metrics.width = metrics.Advance = STRIKE
    metrics.BearingX, metrics.BearingY = 0, STRIKE * 4 // 5
    return metrics


def line_metrics():
    line = E_B_L_C_.SbitLineMetrics()
    line.ascender, line.descender, line.widthMax = STRIKE * 4 // 5, STRIKE * 4 // 5 - STRIKE, STRIKE
    for name in ("caretSlopeNumerator", "caretSlopeDenominator", "caretOffset", "minOriginSB", "minAdvanceSB",
                 "maxBeforeBL", "minAfterBL", "pad1", "pad2"):
        setattr(line, name, 0)
    return line


def add_pictures(builder, pictures):
    """pictures: glyph name -> bytes of a PNG"""
    font = builder.font
    font["CBDT"], font["CBLC"] = newTable("CBDT"), newTable("CBLC")
    font["CBDT"].version = font["CBLC"].version = 3.0
    strike, table = E_B_L_C_.Strike(), E_B_L_C_.BitmapSizeTable()
    table.hori, table.vert = line_metrics(), line_metrics()
    table.startGlyphIndex = min(font.getGlyphID(name) for name in pictures)
    table.endGlyphIndex = max(font.getGlyphID(name) for name in pictures)
    table.colorRef, table.ppemX, table.ppemY, table.bitDepth, table.flags = 0, STRIKE, STRIKE, 32, 1
    index = E_B_L_C_.eblc_index_sub_table_1(b"", font)
    index.names, index.indexFormat, index.imageFormat = list(pictures), 1, 17
    index.imageSize, index.metrics = None, None
    strike.bitmapSizeTable, strike.indexSubTables = table, [index]
    font["CBLC"].strikes = [strike]
    images = {}
    for name, data in pictures.items():
        image = C_B_D_T_.cbdt_bitmap_format_17(b"", font)
        image.metrics, image.imageData = small_metrics(BitmapGlyphMetrics.SmallGlyphMetrics), data
        images[name] = image
    font["CBDT"].strikeData = [images]
    for name in ("glyf", "loca"):
        del font[name]


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    han = start("Test Han", {"han": (0x6F22, box(100, 0, 900, 800))}, 1000)
    han.save(out / "NotoSansCJK-Regular.ttf")
    letters = {"ha": (0x0939, box(0, 0, 500, 600)), "i": (0x093F, box(200, 0, 300, 800))}
    start("Test Devanagari", letters, 500).save(out / "NotoSansDevanagari-Regular.ttf")
    empty = TTGlyphPen(None).glyph
    hand = start("Test Emoji", {"hand": (0x1F44D, empty()), "heart": (0x2764, empty())}, EM)
    add_pictures(hand, {"hand": png(STRIKE, (255, 0, 0, 255), (0, 0, 255, 255)),
                        "heart": png(STRIKE, (0, 255, 0, 255), (0, 255, 0, 255))})
    hand.save(out / "NotoColorEmoji.ttf")


main()
