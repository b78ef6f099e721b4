/* The table of everything a user can do, by name. Mouse, keys and scripts only call these. */
#ifndef RENDER_COMMAND_H
#define RENDER_COMMAND_H

#include "engine/error.h"
#include "render/ui.h"

#include <stddef.h>

typedef enum RenArgKind { REN_ARG_NONE, REN_ARG_NUMBER, REN_ARG_STRING, REN_ARG_BOOL } RenArgKind;

typedef struct RenArg {
  RenArgKind kind;
  double number;
  const char *string;
  bool boolean;
} RenArg;

#define REN_MAX_ARGS 4

typedef struct RenParameter {
  const char *name; /* NULL ends the list */
  RenArgKind kind;
  bool optional;
} RenParameter;

/* Where a command's keys count. */
typedef enum RenScope {
  REN_SCOPE_VIEW,      /* while no text field has the focus */
  REN_SCOPE_ALWAYS,    /* everywhere */
  REN_SCOPE_CONSOLE,   /* while the console's code has the focus */
  REN_SCOPE_FIELD,     /* while a text field has it */
  REN_SCOPE_DOCK,      /* while a row of the dock has it */
  REN_SCOPE_CONTROL,   /* while another control has it */
  REN_SCOPE_ROW,       /* while one of several controls in a row has it */
  REN_SCOPE_WALK,      /* while a token, a cell or a thumbnail of a view has it */
  REN_SCOPE_DROPDOWN,  /* while what opens a list has it */
  REN_SCOPE_INSPECTOR, /* while the inspector has it */
  REN_SCOPE_SLIDER,    /* while the threshold has it */
  REN_SCOPE_SPLITTER,  /* while what lies between two views has it */
  REN_SCOPE_DIMENSION, /* while no text field has it and a dimension is looked at */
  REN_SCOPE_HELP,      /* while the keys show: any other one puts them away */
  REN_SCOPE_MENU,      /* while a drop-down is open */
  REN_SCOPE_COMMANDS,  /* while the command palette is */
  REN_SCOPE_PATH       /* while a path is asked for */
} RenScope;

typedef struct RenCommandInfo {
  const char *name; /* "head.toggle" */
  const char *doc;  /* one sentence */
  const char *keys; /* "ctrl+t", or NULL; several separated by a space */
  RenScope scope;
  bool composite; /* only calls other commands: they are what the host is told of */
  RenParameter parameters[REN_MAX_ARGS + 1];
  bool (*run)(RenUi *ui, const RenArg *args, EngError *err); /* args in the order of parameters, checked */
} RenCommandInfo;

const RenCommandInfo *ren_command_table(size_t *n_commands);
const RenCommandInfo *ren_command_find(const char *name); /* NULL for none */
/* The command that a key calls in a scope, or NULL. */
const RenCommandInfo *ren_command_of_key(const char *key, RenScope scope);

/* Checks the arguments (by position, NONE where absent) and runs; an unknown name, a wrong kind or an index
 * out of range is an error that says what is valid. */
bool ren_command_run(RenUi *ui, const char *name, const RenArg *args, size_t n_args, EngError *err);

#endif
