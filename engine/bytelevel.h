/* GPT-2's way of making any bytes a string: each byte is one printable character ("Ġ" is the space), and its
 * way of cutting text into words. */
#ifndef ENGINE_BYTELEVEL_H
#define ENGINE_BYTELEVEL_H

#include "engine/chars.h"

/* The character that stands for a byte. */
uint32_t eng_bytelevel_char(unsigned char byte);

/* The end of the word that begins at chars[from], after GPT-2's pattern
 * 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+ */
size_t eng_bytelevel_word(const EngChars *chars, size_t from);

/* Writes the bytes that a piece stands for into `out` (room for `length`); returns how many. A piece with a
 * character that stands for no byte is taken as it is. */
size_t eng_bytelevel_bytes(const char *piece, size_t length, char *out);

#endif
