/* Names of a model's parts, one parser for Lua, the command line and the window. Numbers count from 0. */
#ifndef ENGINE_PARTS_H
#define ENGINE_PARTS_H

#include "engine/error.h"

#include <stddef.h>

/* "5.10" or "L5H10" into layer and head, checked against how many there are. */
bool eng_parts_head(const char *text, size_t length, int n_layers, int n_heads, int *layer, int *head,
                    EngError *err);

/* "L3N120" or "3.120" into layer and neuron. */
bool eng_parts_neuron(const char *text, size_t length, int n_layers, int n_neurons, int *layer, int *neuron,
                      EngError *err);

/* Whether `value` names one of `count` things; the error names `what` and the valid range. */
bool eng_parts_check(const char *what, long long value, long long count, EngError *err);

/* One whole number of 0 or more: "7". `what` is what the error calls it. */
bool eng_parts_number(const char *what, const char *text, int *out, EngError *err);

/* "1,3,20" into a malloc'ed list; an empty text is an error. */
bool eng_parts_numbers(const char *what, const char *text, int **out, size_t *n_out, EngError *err);

#endif
