/* Fonts opened: the three that ship and, behind them, what the machine has for the characters they lack. */
#ifndef RENDER_FACE_H
#define RENDER_FACE_H

#include "engine/error.h"
#include "render/frame.h"

#include <SDL_ttf.h>
#include <stddef.h>

typedef struct RenFaces RenFaces;

/* Opens the fonts that ship in `folder`, and starts SDL_ttf. */
RenFaces *ren_faces_open(const char *folder, EngError *err);
void ren_faces_close(RenFaces *faces);
const char *ren_faces_folder(const RenFaces *faces);
/* Further folders, separated by ':'; false when memory is short. */
bool ren_faces_search(RenFaces *faces, const char *folders);

/* A font that ships at a size in device pixels; NULL when it cannot be opened. As every font here it is valid
 * until the next question. */
TTF_Font *ren_faces_get(RenFaces *faces, RenFont name, int size);

/* The font that has all characters of a piece; NULL where none does. Emoji prefer colour, everything else the
 * font that ships. */
TTF_Font *ren_faces_for(RenFaces *faces, RenFont name, int size, const char *piece, size_t n);

#endif
