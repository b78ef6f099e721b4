/* What the dock shows: the probes there are, the one that is active with its parameters, and what came of it. The
 * host reads and asks them; here they are plain data. */
#ifndef RENDER_DOCK_H
#define RENDER_DOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  REN_PROBE_ID = 64,      /* bytes of its id */
  REN_PROBE_NAME = 32,    /* bytes of a parameter's name */
  REN_PROBE_PARAMS = 8,   /* that show */
  REN_ANSWER_RANKS = 100, /* of what is ranked, and of places, so many show */
  REN_ANSWER_BINS = 24
};

typedef enum RenProbeKind {
  REN_PROBE_HEAD,
  REN_PROBE_NEURON,
  REN_PROBE_TOKEN,
  REN_PROBE_RUN, /* … and whatever else: it is text */
  REN_PROBE_KINDS
} RenProbeKind;

RenProbeKind ren_probe_kind_parse(const char *name); /* of "head", …; of others: a run's */

typedef struct RenProbeParam {
  char name[REN_PROBE_NAME];
  bool boolean;
  bool bounded;               /* by least and most */
  bool whole;                 /* all three are whole numbers, as far as there are any, and so is every value */
  double preset, least, most; /* NaN: no such end */
} RenProbeParam;

typedef struct RenProbe {
  char id[REN_PROBE_ID];
  char *name, *doc, *path; /* of its file */
  char *error;             /* why it cannot be read; NULL: it was */
  char *captures;          /* what asking it keeps; NULL: nobody knows yet */
  bool own;                /* the user's, not one that ships */
  bool read;               /* once at least: what follows is known */
  bool input;              /* it makes its own texts */
  RenProbeKind kind;
  int n_params;
  RenProbeParam params[REN_PROBE_PARAMS];
} RenProbe;

void ren_probe_clear(RenProbe *probe); /* frees what it has */

/* One of what is ranked: a head, or a neuron. NaN where there is no such number. */
typedef struct RenRank {
  int layer, index;
  float value, null, spread;
} RenRank;

/* A place in the whole text, in the order in which it counts; -1: any. */
typedef struct RenPlace {
  int layer, head, query, key;
} RenPlace;

/* What is shown, as something that can be asked about: the source as it is before anything is put together, and
 * which of its whole blocks. */
typedef struct RenSubject {
  uint64_t serial; /* 0: nothing */
  int block;
} RenSubject;

/* What came of asking a probe. */
typedef struct RenAnswer {
  char id[REN_PROBE_ID];
  RenSubject of;
  RenProbeKind kind;
  int seeds; /* it is the mean of so many */
  int n_ranks;
  RenRank ranks[REN_ANSWER_RANKS]; /* best first */
  int n_all;                       /* of how many they, or the places, are the first */
  int n_layers, n_heads;           /* heads: */
  float *scores;                   /* (layers * heads) */
  float null;                      /* the mean of all nulls, NaN for none */
  int bins[REN_ANSWER_BINS];       /* how many of all lie in each part of low to high */
  float low, high;
  int n_values;
  float *values; /* tokens: one each */
  char *text;    /* of a run's; where its lines are about places, … */
  int n_titles;  /* … they come below so many others, … */
  int n_places;  /* … and each has one of these */
  RenPlace places[REN_ANSWER_RANKS];
  char *lacks; /* instead of all that: what the subject does not have */
} RenAnswer;

void ren_answer_clear(RenAnswer *answer);
bool ren_subject_equal(RenSubject a, RenSubject b);

/* Parameters that were set, of any probes. */
typedef struct RenSetting {
  char probe[REN_PROBE_ID], name[REN_PROBE_NAME];
  double value;
} RenSetting;

enum { REN_DOCK_SETTINGS = 16 };

typedef struct RenSettings {
  int n;
  RenSetting at[REN_DOCK_SETTINGS];
} RenSettings;

/* Which heads of what is shown pass the filter. */
typedef struct RenPassing {
  int n_layers, n_heads, n; /* n: how many */
  const uint8_t *on;        /* (layers * heads) */
  uint64_t serial;          /* counts them */
} RenPassing;

typedef struct RenDock {
  int n;
  RenProbe *probes; /* by id */
  RenAnswer answer;
  bool answered;      /* there is one */
  uint64_t n_answers; /* counts them */
  bool stale;         /* it is of what was before an error */
  bool running;
  uint64_t n_changes;  /* counts what is set: each asks anew */
  char *error;         /* of the active one, that came when it was asked; NULL: none */
  char *notice;        /* that it needs something first; NULL: none */
  bool lands;          /* what it says of tokens shows in their strip when it comes */
  RenPassing passing;  /* what the filter let pass last, … */
  RenSubject filtered; /* … of this */
  uint8_t *pass;       /* (layers * heads) its memory */
  char *where_error;   /* why there is none; NULL: there is, or nobody knows yet */
  bool reveals;        /* the list scrolls to the active one when its answer comes */
  float list_scroll, answer_scroll;
} RenDock;

void ren_dock_free(RenDock *dock);

const RenProbe *ren_dock_find(const RenDock *dock, const char *id); /* NULL: none of that id */
const RenProbeParam *ren_probe_param(const RenProbe *probe, const char *name);
/* What a parameter is set to: as set, where the probe still takes that, else its preset. */
double ren_settings_value(const RenSettings *settings, const RenProbe *probe, const RenProbeParam *param);
/* Sets it; the one that was set first goes where there is no room. False for a name that is too long. */
bool ren_settings_set(RenSettings *settings, const char *probe, const char *name, double value);
bool ren_param_takes(const RenProbeParam *param, double value);
/* So many steps on, not past its ends: by whole numbers, by a fiftieth of what lies between both, or by a tenth of
 * the power of ten that its preset has. */
double ren_param_step(const RenProbeParam *param, double value, int by);
/* The value at a place, 0 to 1, between its ends, rounded to what can be read. */
double ren_param_at(const RenProbeParam *param, double place);

#endif
