/* The tokens of a recorded file, from its metadata. */
#ifndef ENGINE_RECORD_TOKENS_H
#define ENGINE_RECORD_TOKENS_H

#include "engine/input.h"
#include "engine/safetensors.h"

/* All keys are optional (text, pair, bos, and the JSON lists ids, token_types, tokens, pieces, offsets,
 * sentences, special); a list that is there has one entry a token. Without names tokens are shown as their
 * ids, without ids as their positions. Of one of two sequences (`of` is ".encoder" or ".decoder", else "") the keys
 * end in that: tokens.encoder. NULL and an error on failure. */
EngInput *eng_record_tokens(const EngSafetensors *file, const char *path, const char *of, int n_tokens,
                            EngError *err);

#endif
