/* The window's host in a C test: novella with a short text, in a small dark window. */
#ifndef TESTS_SCRIPTING_OPENED_H
#define TESTS_SCRIPTING_OPENED_H

#include "windows.h"

#include "scripting/app.h"

/* Its options say the rest. */
static inline ScrApp *opened_app(ScrAppOptions options) {
  EngError err = {0};
  options.home = HEADSCOPE_SOURCE;
  options.model = "novella";
  options.text = "a b c";
  options.width = 640;
  options.height = 400;
  options.theme = "dark";
  ScrApp *app = scr_app_new(&options, &err);
  if (!app) fail_msg("%s", err.message);
  return app;
}

#endif
