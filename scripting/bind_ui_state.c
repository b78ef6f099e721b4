/* ui:state(): all that is set and shown in a window, as one table. What is not there (a token, an error) is nil. */
#include "scripting/bind_ui.h"

static void set_string(lua_State *L, const char *name, const char *value) {
  if (!value) return;
  lua_pushstring(L, value);
  lua_setfield(L, -2, name);
}

static void set_integer(lua_State *L, const char *name, lua_Integer value) {
  lua_pushinteger(L, value);
  lua_setfield(L, -2, name);
}

static void set_number(lua_State *L, const char *name, lua_Number value) {
  lua_pushnumber(L, value);
  lua_setfield(L, -2, name);
}

static void set_boolean(lua_State *L, const char *name, bool value) {
  lua_pushboolean(L, value);
  lua_setfield(L, -2, name);
}

static void set_heads(lua_State *L, const RenState *state, int n_heads) {
  lua_newtable(L);
  for (int head = 0, n = 0; head < n_heads; head++) {
    if (!ren_state_head_active(state, head)) continue;
    lua_pushinteger(L, head);
    lua_rawseti(L, -2, ++n);
  }
  lua_setfield(L, -2, "heads");
}

static void set_hover(lua_State *L, const RenState *state) {
  if (state->hover_side == REN_SIDE_NONE) return;
  lua_createtable(L, 0, 2);
  set_string(L, "side", state->hover_side == REN_SIDE_QUERY ? "query" : "key");
  set_integer(L, "view", state->hover_right ? 2 : 1);
  set_integer(L, "token", state->hover_token);
  lua_setfield(L, -2, "hover");
}

static void set_pins(lua_State *L, const RenPins *pins) {
  lua_createtable(L, pins->n, 0);
  for (int i = 0; i < pins->n; i++) {
    lua_createtable(L, 0, 2);
    set_string(L, "side", ren_side_name(pins->at[i].side));
    set_integer(L, "token", pins->at[i].token);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setfield(L, -2, "pins");
}

static void add_panel(lua_State *L, RenPanel panel, int place) {
  lua_createtable(L, 2, 0);
  lua_pushinteger(L, panel.layer);
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, panel.head);
  lua_rawseti(L, -2, 2);
  lua_rawseti(L, -2, place);
}

static void set_picks(lua_State *L, const RenState *state) {
  lua_createtable(L, state->n_picks, 0);
  for (int i = 0; i < state->n_picks; i++) {
    const RenPick *pick = &state->picks[i];
    lua_createtable(L, 0, 3);
    set_integer(L, "layer", pick->head.layer);
    set_integer(L, "head", pick->head.head);
    set_boolean(L, "on", !pick->off);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setfield(L, -2, "picks");
}

/* The pinned ones, then the one that follows the selection. */
static void set_panels(lua_State *L, const RenState *state) {
  lua_newtable(L);
  for (int i = 0; i < state->n_pinned_panels; i++) add_panel(L, state->pinned_panels[i].panel, i + 1);
  if (ren_state_panel_shown(state)) add_panel(L, state->panel, state->n_pinned_panels + 1);
  lua_setfield(L, -2, "panels");
}

static void set_selection(lua_State *L, RenUi *ui, const RenState *state) {
  const EngSource *source = ren_ui_source(ui);
  const EngBlock *block = source ? eng_source_block(source, state->block) : NULL;
  set_integer(L, "layer", state->layer);
  set_integer(L, "head", state->head);
  set_heads(L, state, block ? block->n_heads : 0);
  set_hover(L, state);
  if (state->preview >= 0) set_integer(L, "preview", state->preview);
  set_pins(L, &state->pins);
  if (state->token >= 0) set_integer(L, "token", state->token);
  set_string(L, "filter", block ? block->key : "all");
  set_panels(L, state);
  set_picks(L, state);
}

/* `merged` only where heads are. */
static void set_merge(lua_State *L, const RenUi *ui, const EngMerge *merge) {
  const EngSource *shown = ren_ui_source(ui);
  set_string(L, "aggregate", eng_merge_name(merge->kind));
  set_string(L, "by", merge->maximum ? "max" : "mean");
  set_boolean(L, "words", merge->words);
  set_boolean(L, "renormalise", merge->renormalise);
  if (!shown || !eng_merge_takes_heads(merge->kind)) return;
  int n = eng_source_block(eng_source_base(shown), ren_ui_state(ui)->block)->n_heads;
  lua_newtable(L);
  for (int i = 0; merge->kind == ENG_MERGE_PICKED && i < merge->n_picked; i++) {
    lua_createtable(L, 0, 2);
    set_integer(L, "layer", merge->picked[i].layer);
    set_integer(L, "head", merge->picked[i].head);
    lua_rawseti(L, -2, i + 1);
  }
  for (int head = 0, place = 0; merge->kind != ENG_MERGE_PICKED && head < n; head++) {
    if (!eng_merge_has_head(merge, head)) continue;
    lua_pushinteger(L, head);
    lua_rawseti(L, -2, ++place);
  }
  lua_setfield(L, -2, "merged");
}

static void set_dimensions(lua_State *L, const RenDimensionState *dimensions) {
  if (dimensions->selected >= 0) set_integer(L, "dimension", dimensions->selected);
  set_string(L, "dimension_order", ren_order_name(dimensions->order));
  set_string(L, "dimension_rest", ren_rest_name(dimensions->rest));
  set_integer(L, "dimension_top", dimensions->top);
  set_boolean(L, "values", dimensions->values);
}

/* The filter, those that pass by their names, and why nobody knows. */
static void set_filter(lua_State *L, RenUi *ui, const RenState *state) {
  const RenPassing *passing = state->passing;
  if (!state->where[0]) return;
  set_string(L, "where", state->where);
  set_boolean(L, "where_hides", state->where_hides);
  set_string(L, "where_error", ren_ui_dock(ui)->where_error);
  if (!passing) return;
  lua_newtable(L);
  for (int i = 0, n = 0; i < passing->n_layers * passing->n_heads; i++) {
    if (!passing->on[i]) continue;
    lua_pushfstring(L, "%d.%d", i / passing->n_heads, i % passing->n_heads);
    lua_rawseti(L, -2, ++n);
  }
  lua_setfield(L, -2, "passing");
}

/* 0.05, not the float that is nearest to it. */
static lua_Number decimal(float value) { return (lua_Number)(int)((double)value * 1e6 + 0.5) / 1e6; }

static void set_window(lua_State *L, RenUi *ui, const RenState *state) {
  set_string(L, "theme", state->theme->name);
  set_string(L, "palette", ren_theme_palette_name(state->palette));
  set_string(L, "lines", ren_lines_name(state->lines));
  set_number(L, "scale", decimal(state->scale));
  set_string(L, "text", ren_ui_text(ui));
  set_string(L, "pair", ren_ui_pair(ui));
  set_string(L, "model", ren_ui_model(ui));
  if (*ren_ui_focus(ui)) set_string(L, "focus", ren_ui_focus(ui));
  set_boolean(L, "busy", ren_ui_busy(ui));
  set_boolean(L, "bos", ren_ui_bos(ui));
  set_string(L, "error", ren_ui_error(ui));
}

/* What there is to compare with, and what the active view shows of it. */
static void set_compared(lua_State *L, RenUi *ui, const RenState *state) {
  const EngSource *second = ren_ui_second(ui);
  if (!ren_ui_comparing(ui)) return;
  set_string(L, "second", second ? eng_source_input(second)->text : "");
  set_string(L, "second_model", ren_ui_second_model(ui));
  set_string(L, "shown", ren_shown_name(state->shown));
}

/* Those that show, from left to right; which of them keys act on. */
static void set_views(lua_State *L, RenUi *ui, const RenState *state) {
  RenViewKind views[2];
  ren_ui_frame(ui);
  int n = ren_ui_views(ui, views);
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    lua_pushstring(L, ren_view_name(views[i]));
    lua_rawseti(L, -2, i + 1);
  }
  lua_setfield(L, -2, "views");
  set_boolean(L, "split", state->split);
  set_integer(L, "active", n == 2 && state->right ? 2 : 1);
  set_number(L, "share", decimal(state->share));
  set_compared(L, ui, state);
}

/* The model's, and what edit mode does; those that wait are of tokens that the text lacks. */
static void set_edits(lua_State *L, const RenUi *ui, const RenState *state) {
  char text[ENG_EDIT_TEXT], brush[REN_BRUSH_TEXT];
  const RenEditList *list = ren_ui_edits(ui);
  lua_createtable(L, list->n, 0);
  for (int i = 0; i < list->n; i++) {
    eng_edit_print(&list->at[i].edit, text, sizeof text);
    lua_createtable(L, 0, 3);
    set_string(L, "text", text);
    set_boolean(L, "off", list->at[i].off);
    set_boolean(L, "waits", list->at[i].waits);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setfield(L, -2, "edits");
  ren_brush_print(state->brush, brush);
  set_boolean(L, "edit_mode", state->editing);
  set_string(L, "brush", brush);
}

int scr_ui_state(lua_State *L) {
  RenUi *ui = scr_app_ui(scr_check_app(L, 1));
  const RenState *now = ren_ui_state(ui);
  lua_createtable(L, 0, 32);
  set_string(L, "view", ren_view_name(now->view));
  set_views(L, ui, now);
  set_selection(L, ui, now);
  set_number(L, "threshold", decimal(now->threshold));
  set_boolean(L, "sink_hidden", now->sink_hidden);
  set_merge(L, ui, &now->merge);
  set_boolean(L, "expanded", now->expanded);
  set_dimensions(L, &now->dimensions);
  set_number(L, "zoom", decimal(now->zoom));
  set_number(L, "head_zoom", decimal(now->row_zoom));
  set_string(L, "sort", ren_state_sort_name(now));
  set_boolean(L, "grouped", now->grouped);
  set_string(L, "thumbs", ren_thumbs_name(now->thumbs));
  set_string(L, "ramp", ren_ramp_name(now->ramp));
  set_boolean(L, "inspector", now->inspector);
  set_boolean(L, "dock", ren_ui_dock_shows(ui));
  if (now->probe[0]) set_string(L, "probe", now->probe);
  set_filter(L, ui, now);
  if (now->classes_file[0]) set_string(L, "classes", now->classes_file);
  if (now->strip[0]) set_string(L, "strip", now->strip);
  lua_createtable(L, 0, 2);
  set_number(L, "x", (lua_Number)now->scroll_x[now->view]);
  set_number(L, "y", (lua_Number)now->scroll_y[now->view]);
  lua_setfield(L, -2, "scroll");
  set_edits(L, ui, now);
  set_window(L, ui, now);
  return 1;
}
