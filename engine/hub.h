/* Hugging Face's cache on this machine: where it lies, what its folders are called, which snapshot counts.
 * Everything returned is malloc'ed and the caller's. */
#ifndef ENGINE_HUB_H
#define ENGINE_HUB_H

#include <stddef.h>

/* HF_HUB_CACHE, or hub/ in HF_HOME, or ~/.cache/huggingface/hub (XDG_CACHE_HOME counts); "~" at the start of
 * each stands for the home directory. NULL when there is no home either, or memory is short. */
char *eng_hub_folder(void);

/* "org/name" as the cache calls its folder, "models--org--name", and back: of the first `length` bytes, NULL when
 * they are no such name. NULL also when memory is short. */
char *eng_hub_folder_of(const char *name);
char *eng_hub_name_of(const char *folder, size_t length);

/* The snapshot that refs/main names, whether or not it is there; without a refs/main the newest one. NULL when
 * there is none. */
char *eng_hub_snapshot(const char *repository);

#endif
