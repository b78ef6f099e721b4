/* Recorded tokens that are a vocabulary's own strings, as people read them. */
#ifndef ENGINE_RECORD_PIECES_H
#define ENGINE_RECORD_PIECES_H

#include "engine/input.h"
#include "engine/utf8.h"

/* Tokens whose text is their piece get the text that it stands for: of a byte-level vocabulary (Ġ) the bytes, of
 * SentencePiece's (▁) spaces, of one that marks the ends of words (</w>) a space behind. Others stay as they are.
 * The texts lie in `out`, which the caller frees; NULL where there are none. False when memory is short. */
bool eng_record_read_pieces(EngToken *tokens, int n, char **out);

#endif
