/* A time is seconds, memory is bytes with an optional unit of 1024. A sandbox has limits by itself. */
#include "scripting/limits.h"

#include "scripting/host.h"

#include "engine/budget.h"
#include "engine/json.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SANDBOX_BYTES ((size_t)1 << 30)
enum { SANDBOX_SECONDS = 60 };

/* A decimal number, no "inf", "0x" or sign; `rest` is what stands behind it. */
static bool read_number(const char *text, double *number, const char **rest) {
  size_t length = strspn(text, "0123456789.");
  char *end = NULL;
  if (length == 0 || !isdigit((unsigned char)*text)) return false;
  *number = strtod(text, &end);
  *rest = text + length;
  return end == *rest && isfinite(*number);
}

static bool read_seconds(const char *text, double *seconds) {
  const char *rest = NULL;
  return read_number(text, seconds, &rest) && *rest == '\0' && *seconds > 0 && *seconds < 1e9;
}

static bool read_bytes(const char *text, size_t *bytes) {
  static const char units[] = "KMGT";
  const char *rest = NULL;
  double number = 0;
  if (!read_number(text, &number, &rest)) return false;
  const char *unit = *rest ? strchr(units, toupper((unsigned char)*rest)) : NULL;
  if (*rest && (!unit || rest[1])) return false;
  if (unit) number = ldexp(number, 10 * (int)(unit - units + 1));
  *bytes = number < 0x1p62 ? (size_t)number : 0;
  return *bytes > 0;
}

int scr_limits_check(const ScrCommand *command, ScrLimits *limits) {
  if (limits->time && !read_seconds(limits->time, &limits->seconds))
    return scr_args_misuse(command, "--time: expected seconds, more than 0, found %s", limits->time);
  if (limits->memory && !read_bytes(limits->memory, &limits->bytes))
    return scr_args_misuse(command, "--memory: expected bytes such as 200M or 2G, found %s", limits->memory);
  if (limits->allow && !limits->sandbox) return scr_args_misuse(command, "--allow: expected it beside --sandbox");
  if (limits->sandbox && limits->bytes == 0) limits->bytes = SANDBOX_BYTES;
  if (limits->sandbox && !limits->time) limits->seconds = SANDBOX_SECONDS;
  if (limits->bytes > 0) {
    eng_budget_limit(limits->bytes);
    eng_json_count();
  }
  return SCR_ARGS_OK;
}

double scr_limits_whole(const ScrLimits *limits) { return limits->time ? limits->seconds : 0; }
double scr_limits_each(const ScrLimits *limits) { return limits->seconds; }

lua_State *scr_limits_new_state(const ScrLimits *limits, const char *home, EngError *err) {
  return limits->sandbox ? scr_host_new_sandbox(home, limits->allow, err) : scr_host_new(home, err);
}
