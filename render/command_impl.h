/* The functions behind the command table, by file. Each gets its arguments checked for kind and number. */
#ifndef RENDER_COMMAND_IMPL_H
#define RENDER_COMMAND_IMPL_H

#include "render/command.h"
#include "render/ui_impl.h"

/* A whole number of 0 … count - 1, or an error that names the valid range. */
bool ren_arg_index(const RenArg *arg, const char *name, int count, int *out, EngError *err);
/* Drops the hover where it is on an element of the view, which is about to show something else. */
void ren_ui_drop_hover(RenUi *ui);

#define REN_COMMANDS(X)                                                                                            \
  /* command_view.c */                                                                                             \
  X(view_model)                                                                                                    \
  X(view_head)                                                                                                     \
  X(view_neuron)                                                                                                   \
  X(go_down) X(go_up) X(neuron_expand) X(neuron_open) X(neuron_collapse) X(neuron_toggle) X(token_select)          \
      X(token_clear) X(token_next) X(token_previous) X(scroll) X(scroll_page_down) X(scroll_page_up)               \
          X(scroll_start) X(scroll_end) X(hover) /* command_select.c */                                            \
      X(layer_set) X(layer_next) X(layer_previous) X(head_select) X(head_next) X(head_previous) X(head_toggle)     \
          X(head_isolate) X(head_all) X(head_open) X(panel_close) X(filter_set) X(threshold_set) X(threshold_more) \
              X(threshold_less) X(sink_toggle) X(tiles_scroll) /* command_window.c */                              \
      X(theme_toggle) X(theme_set) X(scale_more) X(scale_less) X(scale_reset) X(scale_set) X(help_toggle)          \
          X(escape) X(error_details) X(error_close) X(window_resize) X(window_close) X(run) X(run_cancel)          \
              X(bos_toggle) X(model_open) X(model_menu) X(examples_menu) /* command_focus.c */                     \
      X(focus_set) X(focus_clear) X(focus_next) X(focus_previous) X(focus_activate) X(menu_open) X(menu_close)     \
          X(menu_cancel) X(menu_next) X(menu_previous) X(menu_choose) /* command_edit.c */                         \
      X(text_set) X(pair_set) X(pair_open) X(pair_close) X(edit_insert) X(edit_place) X(edit_word) X(edit_all)     \
          X(edit_copy) X(edit_cut) X(edit_paste) X(edit_undo) X(edit_redo) X(edit_submit) X(caret_left)            \
              X(caret_right) X(caret_word_left) X(caret_word_right) X(caret_start) X(caret_end) X(select_left)     \
                  X(select_right) X(select_word_left) X(select_word_right) X(select_start) X(select_end)           \
                      X(delete_left) X(delete_right) X(delete_word_left) X(delete_word_right)

#define X(name) bool ren_do_##name(RenUi *ui, const RenArg *args, EngError *err);
REN_COMMANDS(X)
#undef X

#endif
