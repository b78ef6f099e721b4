/* The functions behind the command table, by file. Each gets its arguments checked for kind and number. */
#ifndef RENDER_COMMAND_IMPL_H
#define RENDER_COMMAND_IMPL_H

#include "render/command.h"
#include "render/ui_impl.h"

/* A whole number of 0 … count - 1, or an error that names the valid range. */
bool ren_arg_index(const RenArg *arg, const char *name, int count, int *out, EngError *err);
/* After a command: the search follows what is typed into its field. */
void ren_find_follow(RenUi *ui);
/* And the command palette what is typed into its own. */
void ren_launcher_follow(RenUi *ui);
/* And the list of paths what is typed into theirs. */
void ren_chooser_follow(RenUi *ui);
/* Drops the hover where it is on an element of the view, which is about to show something else. */
void ren_ui_drop_hover(RenUi *ui);

/* Selects the dimension under the mouse, else the one that matters most. */
bool ren_ui_open_dimension(RenUi *ui);
/* Selects no token; the one that was is no longer pinned either. */
void ren_ui_deselect(RenUi *ui);

#define REN_DO(name) bool ren_do_##name(RenUi *ui, const RenArg *args, EngError *err)

/* command_view.c */
REN_DO(view_model);
REN_DO(view_head);
REN_DO(view_neuron);
REN_DO(view_matrix);
REN_DO(go_down);
REN_DO(go_up);
REN_DO(neuron_expand);
REN_DO(neuron_open);
REN_DO(neuron_collapse);
REN_DO(neuron_toggle);
REN_DO(token_select);
REN_DO(token_clear);
REN_DO(token_next);
REN_DO(token_previous);
REN_DO(scroll);
REN_DO(scroll_page_down);
REN_DO(scroll_page_up);
REN_DO(scroll_start);
REN_DO(scroll_end);
REN_DO(hover);

/* command_compare.c */
REN_DO(compare_start);
REN_DO(compare_text);
REN_DO(compare_open);
REN_DO(compare_run);
REN_DO(compare_close);
REN_DO(shown_set);
REN_DO(shown_next);

/* command_edits.c: of the model; command_edit.c is of texts */
REN_DO(edits_mode);
REN_DO(edits_brush);
REN_DO(edits_head);
REN_DO(edits_add);
REN_DO(edits_erase);
REN_DO(edits_remove);
REN_DO(edits_toggle);
REN_DO(edits_clear);
REN_DO(edits_undo);
REN_DO(edits_redo);
REN_DO(edits_compare);

/* command_split.c */
REN_DO(view_split);
REN_DO(split_side);
REN_DO(split_other);
REN_DO(split_share);
REN_DO(split_more);
REN_DO(split_less);

/* command_dimension.c */
REN_DO(dimension_select);
REN_DO(dimension_clear);
REN_DO(dimension_next);
REN_DO(dimension_previous);
REN_DO(dimension_order);
REN_DO(dimension_rest);
REN_DO(dimension_top);
REN_DO(dimension_more);
REN_DO(dimension_fewer);
REN_DO(neuron_values);

/* command_panel.c */
REN_DO(panel_pin);
REN_DO(panel_move);
REN_DO(panel_close);

/* command_pin.c */
REN_DO(pin_toggle);
REN_DO(pin_selected);
REN_DO(pin_clear);

/* command_zoom.c */
REN_DO(zoom);
REN_DO(zoom_more);
REN_DO(zoom_less);
REN_DO(zoom_reset);
REN_DO(zoom_whole);

/* command_matrix.c */
REN_DO(ramp_set);
REN_DO(ramp_toggle);

/* command_inspector.c */
REN_DO(inspector_toggle);
REN_DO(inspector_scroll);
REN_DO(inspector_down);
REN_DO(inspector_up);
REN_DO(inspector_page_down);
REN_DO(inspector_page_up);
REN_DO(inspector_copy);

/* command_classes.c */
REN_DO(classes_set);
REN_DO(classes_toggle);

/* command_strip.c */
REN_DO(strip_set);
REN_DO(strip_toggle);
REN_DO(strip_numbers);

/* command_select.c */
REN_DO(layer_set);
REN_DO(layer_next);
REN_DO(layer_previous);
REN_DO(head_select);
REN_DO(head_next);
REN_DO(head_previous);
REN_DO(head_toggle);
REN_DO(head_isolate);
REN_DO(head_all);
REN_DO(head_open);
REN_DO(filter_set);
REN_DO(threshold_set);
REN_DO(threshold_more);
REN_DO(threshold_less);
REN_DO(sink_toggle);
REN_DO(tiles_scroll);

/* command_pick.c */
REN_DO(pick_add);
REN_DO(pick_drop);
REN_DO(pick_toggle);
REN_DO(pick_isolate);
REN_DO(pick_clear);

/* command_merge.c */
REN_DO(aggregate_set);
REN_DO(aggregate_by);
REN_DO(words_toggle);
REN_DO(renormalise_toggle);

/* Which heads are merged, while they are: one in or out, one alone or all, all. */
bool ren_ui_add_merged(RenUi *ui, RenPanel head, EngError *err);
bool ren_ui_drop_merged(RenUi *ui, RenPanel head, EngError *err);
bool ren_ui_toggle_merged(RenUi *ui, int head, EngError *err);
bool ren_ui_isolate_merged(RenUi *ui, int head, EngError *err);
bool ren_ui_merge_all(RenUi *ui, EngError *err);

/* command_thumbs.c */
REN_DO(thumbs_set);
REN_DO(thumbs_toggle);
REN_DO(thumbs_sort);
REN_DO(thumbs_group);

/* command_window.c */
REN_DO(theme_toggle);
REN_DO(theme_set);
REN_DO(palette_toggle);
REN_DO(lines_bertviz);
REN_DO(scale_more);
REN_DO(scale_less);
REN_DO(scale_reset);
REN_DO(scale_set);
REN_DO(help_toggle);
REN_DO(help_down);
REN_DO(help_up);
REN_DO(help_page_down);
REN_DO(help_page_up);
REN_DO(escape);
REN_DO(error_details);
REN_DO(notice_details);
REN_DO(details_copy);
REN_DO(details_scroll);
REN_DO(error_close);
REN_DO(window_resize);
REN_DO(window_close);
REN_DO(run);
REN_DO(run_cancel);
REN_DO(progress_cancel);
REN_DO(overlay_toggle);
REN_DO(bos_toggle);
REN_DO(model_open);
REN_DO(model_menu);
REN_DO(examples_menu);
REN_DO(options_menu);

/* command_focus.c */
REN_DO(focus_set);
REN_DO(focus_clear);
REN_DO(focus_next);
REN_DO(focus_previous);
REN_DO(focus_right);
REN_DO(focus_left);
REN_DO(focus_activate);
REN_DO(focus_view);
REN_DO(walk_up);
REN_DO(walk_down);
REN_DO(walk_left);
REN_DO(walk_right);
REN_DO(walk_open);

/* command_menu.c */
REN_DO(menu_open);
REN_DO(menu_close);
REN_DO(menu_cancel);
REN_DO(menu_next);
REN_DO(menu_previous);
REN_DO(menu_right);
REN_DO(menu_left);
REN_DO(menu_first);
REN_DO(menu_last);
REN_DO(menu_choose);

/* command_edit.c */
REN_DO(text_set);
REN_DO(pair_set);
REN_DO(pair_open);
REN_DO(pair_close);
REN_DO(edit_insert);
REN_DO(edit_compose);
REN_DO(edit_place);
REN_DO(edit_word);
REN_DO(edit_all);
REN_DO(edit_copy);
REN_DO(edit_cut);
REN_DO(edit_paste);
REN_DO(edit_undo);
REN_DO(edit_redo);
REN_DO(edit_submit);
REN_DO(caret_left);
REN_DO(caret_right);
REN_DO(caret_word_left);
REN_DO(caret_word_right);
REN_DO(caret_start);
REN_DO(caret_end);
REN_DO(caret_first);
REN_DO(caret_last);
REN_DO(select_left);
REN_DO(select_right);
REN_DO(select_word_left);
REN_DO(select_word_right);
REN_DO(select_start);
REN_DO(select_end);
REN_DO(select_first);
REN_DO(select_last);
REN_DO(delete_left);
REN_DO(delete_right);
REN_DO(delete_word_left);
REN_DO(delete_word_right);

/* command_find.c */
REN_DO(find_open);
REN_DO(find_next);
REN_DO(find_previous);
REN_DO(find_close);

/* command_launcher.c */
REN_DO(commands_open);
REN_DO(commands_close);
REN_DO(commands_next);
REN_DO(commands_previous);
REN_DO(commands_page_down);
REN_DO(commands_page_up);
REN_DO(commands_run);

/* command_console.c */
REN_DO(console_toggle);
REN_DO(console_run);
REN_DO(console_stop);
REN_DO(console_height);
REN_DO(console_submit);
REN_DO(console_newline);
REN_DO(console_complete);
REN_DO(console_previous);
REN_DO(console_next);
REN_DO(console_earlier);
REN_DO(console_later);
REN_DO(console_page_up);
REN_DO(console_page_down);
REN_DO(console_scroll);
REN_DO(console_select);
REN_DO(console_select_all);
REN_DO(console_copy);
REN_DO(console_clear);

/* command_dock.c */
REN_DO(dock_toggle);
REN_DO(dock_scroll);
REN_DO(dock_next);
REN_DO(dock_previous);
REN_DO(probe_set);
REN_DO(probe_param);
REN_DO(probe_more);
REN_DO(probe_less);
REN_DO(probe_run);
REN_DO(probe_stop);
REN_DO(probe_new);
REN_DO(rank_go);
REN_DO(heads_filter);
REN_DO(heads_clear);
REN_DO(heads_hide);

/* command_place.c */
REN_DO(place_go);

/* command_history.c */
REN_DO(history_previous);
REN_DO(history_next);

/* command_text.c */
REN_DO(text_first);
REN_DO(text_last);

/* command_path.c */
REN_DO(figure_ask);
REN_DO(open_ask);
REN_DO(path_set);
REN_DO(path_complete);
REN_DO(path_next);
REN_DO(path_previous);
REN_DO(path_page_down);
REN_DO(path_page_up);
REN_DO(path_accept);
REN_DO(path_close);
REN_DO(session_ask);

/* command_figure.c */
REN_DO(figure_save);
REN_DO(figure_cancel);
REN_DO(copy_numbers);
REN_DO(session_save);
REN_DO(copy_path);
REN_DO(copy_picture);

#undef REN_DO

#endif
