/* Layers have at most six digits: that no number overflows is all that is asked here. */
#include "engine/scope.h"

#include <string.h>

/* Reads digits; false when there are none or more than a layer can have. */
static bool read_layer(const char **text, int *layer) {
  const char *start = *text;
  *layer = 0;
  for (; **text >= '0' && **text <= '9' && *text - start < 6; (*text)++) *layer = *layer * 10 + (**text - '0');
  return *text > start && !(**text >= '0' && **text <= '9');
}

bool eng_scope_full(const char *name, EngScope *scope) {
  *scope = (EngScope){.layer = ENG_ALL_LAYERS, .in_block = strncmp(name, "blocks.", 7) == 0};
  if (scope->in_block) {
    name += 7;
    if (!read_layer(&name, &scope->layer) || *name++ != '.') return false;
  }
  scope->own = name;
  scope->length = strlen(name);
  return true;
}

bool eng_scope_short(const char *name, EngScope *scope) {
  *scope = (EngScope){.own = name, .length = strcspn(name, "0123456789"), .layer = ENG_ALL_LAYERS};
  const char *number = name + scope->length;
  return !*number || (read_layer(&number, &scope->layer) && !*number);
}

bool eng_scope_is(const EngScope *scope, const char *name) {
  return name && strlen(name) == scope->length && memcmp(name, scope->own, scope->length) == 0;
}
