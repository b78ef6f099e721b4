/* The table, and the one way through it: look the name up, check the arguments, run, tell the host. Keys
 * and help read the same rows. A composite command only calls others; the host is then told of those, so
 * that a replay does not depend on what the composite looked at. */
#include "render/command_impl.h"

#include <math.h>
#include <string.h>

#define NUMBER(name)                                                                                               \
  { name, REN_ARG_NUMBER, false }
#define STRING(name)                                                                                               \
  { name, REN_ARG_STRING, false }
#define MAYBE(name, kind)                                                                                          \
  { name, kind, true }
#define DO(name) .run = ren_do_##name

static const RenCommandInfo table[] = {
    {"view.model", "Model view: every head of every layer", "1", DO(view_model)},
    {"view.head", "Head view: the heads of one layer", "2", DO(view_head)},
    {"view.neuron", "Neuron view: how weights come about", "3", DO(view_neuron)},
    {"view.matrix", "Matrix view: the weights as cells", "4", DO(view_matrix)},
    {"view.split", "Two views beside each other, or one", "\\", .parameters = {MAYBE("split", REN_ARG_BOOL)},
     DO(view_split)},
    {"split.other", "Of two views, act on the other one", "|", DO(split_other)},
    {"split.side", "Of two views, act on one: left or right", .parameters = {STRING("side")}, DO(split_side)},
    {"split.share", "Give the left view a share of the width", .parameters = {MAYBE("share", REN_ARG_NUMBER)},
     DO(split_share)},
    {"split.more", "More width for the left view", "right up", REN_SCOPE_SPLITTER, DO(split_more)},
    {"split.less", "Less width for the left view", "left down", REN_SCOPE_SPLITTER, DO(split_less)},
    {"compare.start", "Ask for a second text, to compare its run with this one", "ctrl+d", REN_SCOPE_ALWAYS,
     DO(compare_start)},
    {"compare.text", "Compare with the run of a second text",
     .parameters = {STRING("text"), MAYBE("pair", REN_ARG_STRING)}, DO(compare_text)},
    {"compare.open", "Compare with another model, or with a recorded run", .parameters = {STRING("model")},
     DO(compare_open)},
    {"compare.run", "Run the second text", .composite = true, DO(compare_run)},
    {"compare.close", "Compare no longer", DO(compare_close)},
    {"shown.set", "What the active view shows: run, second or difference", .parameters = {STRING("shown")},
     DO(shown_set)},
    {"shown.next", "Show the run, the second one, their difference", "x", .composite = true, DO(shown_next)},
    {"go.down", "One scale down: model, head, token, dimension", "enter", DO(go_down)},
    {"go.up", "One scale up", "backspace", DO(go_up)},

    {"layer.set", "Show a layer", .parameters = {NUMBER("layer")}, DO(layer_set)},
    {"layer.next", "Next layer", "down", DO(layer_next)},
    {"layer.previous", "Previous layer", "up", DO(layer_previous)},
    {"head.select", "Show one head alone, here or in another layer",
     .parameters = {NUMBER("head"), MAYBE("layer", REN_ARG_NUMBER)}, DO(head_select)},
    {"head.next", "Next head", "right", DO(head_next)},
    {"head.previous", "Previous head", "left", DO(head_previous)},
    {"head.toggle", "Turn a head on or off; the last one stays on", .parameters = {NUMBER("head")},
     DO(head_toggle)},
    {"head.isolate", "Show a head alone, or all where it is alone already", .parameters = {NUMBER("head")},
     DO(head_isolate)},
    {"head.all", "Show all heads of the layer", "a", DO(head_all)},
    {"head.open", "Select a head and open its panel; close it where it is open",
     .parameters = {NUMBER("layer"), NUMBER("head")}, DO(head_open)},
    {"panel.pin", "Keep a head's panel open beside others, or no longer",
     .parameters = {NUMBER("layer"), NUMBER("head")}, DO(panel_pin)},
    {"panel.move", "Put the corner of a head's panel at a place of the view, and pin it",
     .parameters = {NUMBER("layer"), NUMBER("head"), NUMBER("x"), NUMBER("y")}, DO(panel_move)},
    {"panel.close", "Close a head's panel, or the last one",
     .parameters = {MAYBE("layer", REN_ARG_NUMBER), MAYBE("head", REN_ARG_NUMBER)}, DO(panel_close)},

    {"token.select", "Select a query token", .parameters = {NUMBER("token")}, DO(token_select)},
    {"token.clear", "Select no token", DO(token_clear)},
    {"token.next", "Next token", "]", DO(token_next)},
    {"token.previous", "Previous token", "[", DO(token_previous)},
    {"pin.toggle", "Pin a token of a side, query or key, or let it go",
     .parameters = {STRING("side"), NUMBER("token")}, DO(pin_toggle)},
    {"pin.clear", "Let all pinned tokens go", DO(pin_clear)},
    {"neuron.expand", "Neuron view: show the computation for a token", .parameters = {NUMBER("token")},
     DO(neuron_expand)},
    {"neuron.open", "Neuron view: show the computation for the selected token", DO(neuron_open)},
    {"neuron.collapse", "Neuron view: only lines", DO(neuron_collapse)},
    {"neuron.toggle", "Neuron view: expand or collapse", "e", DO(neuron_toggle)},
    {"neuron.values", "Neuron view: show or hide the values", "v", .parameters = {MAYBE("shown", REN_ARG_BOOL)},
     DO(neuron_values)},
    {"dimension.order", "Neuron view: order dimensions by number, contribution, weight or distance", "d",
     .parameters = {MAYBE("order", REN_ARG_STRING)}, DO(dimension_order)},
    {"dimension.rest", "Neuron view: all but the first dimensions are shown, faded or hidden", "h",
     .parameters = {MAYBE("rest", REN_ARG_STRING)}, DO(dimension_rest)},
    {"dimension.top", "Neuron view: how many dimensions are the first", .parameters = {NUMBER("top")},
     DO(dimension_top)},
    {"dimension.more", "Neuron view: one more dimension is among the first", "shift+up", DO(dimension_more)},
    {"dimension.fewer", "Neuron view: one fewer dimension is among the first", "shift+down", DO(dimension_fewer)},
    {"dimension.select", "Neuron view: one dimension over all tokens", .parameters = {NUMBER("dimension")},
     DO(dimension_select)},
    {"dimension.clear", "Neuron view: back to all dimensions", DO(dimension_clear)},
    {"dimension.next", "Neuron view: next dimension", "shift+right", DO(dimension_next)},
    {"dimension.previous", "Neuron view: previous dimension", "shift+left", DO(dimension_previous)},
    {"dimension.right", "Next dimension", "right", REN_SCOPE_DIMENSION, DO(dimension_next)},
    {"dimension.left", "Previous dimension", "left", REN_SCOPE_DIMENSION, DO(dimension_previous)},

    {"zoom", "Matrix view: enlarge by a factor, around a point or the middle",
     .parameters = {NUMBER("factor"), MAYBE("x", REN_ARG_NUMBER), MAYBE("y", REN_ARG_NUMBER)}, DO(zoom)},
    {"zoom.more", "Matrix view: larger cells", "plus =", DO(zoom_more)},
    {"zoom.less", "Matrix view: smaller cells", "minus", DO(zoom_less)},
    {"zoom.reset", "Matrix view: show everything", "0", DO(zoom_reset)},
    {"ramp.set", "Matrix view: colour by the sqrt of a weight or linear", .parameters = {STRING("ramp")},
     DO(ramp_set)},
    {"ramp.toggle", "Matrix view: colour by the weight or its root", "r", DO(ramp_toggle)},

    {"inspector.toggle", "Show or fold the inspector: what is selected, in numbers", "i", DO(inspector_toggle)},
    {"inspector.scroll", "Scroll the inspector by logical pixels", .parameters = {NUMBER("dy")},
     DO(inspector_scroll)},
    {"inspector.copy", "Copy what the inspector shows as a table", "ctrl+shift+c", DO(inspector_copy)},
    {"classes.set", "Underline classes of tokens as a file says, or as the default one, or none",
     .parameters = {STRING("file")}, DO(classes_set)},
    {"classes.toggle", "Underline names, pronouns, occupations, or no longer", "u", DO(classes_toggle)},
    {"strip.set", "Token strip: logprob, entropy, norm, received, a neuron such as L3N120, or none",
     .parameters = {STRING("strip")}, DO(strip_set)},
    {"strip.toggle", "Show or fold the token strip", "s", DO(strip_toggle)},
    {"strip.numbers", "Token strip: numbers of your own, one for each token",
     .parameters = {STRING("name"), STRING("numbers")}, DO(strip_numbers)},

    {"thumbs.set", "Model view: thumbnails as lines or heat maps, or auto: by the length of the text",
     .parameters = {STRING("thumbs")}, DO(thumbs_set)},
    {"heat.toggle", "Model view: thumbnails as heat maps or lines", DO(thumbs_toggle)},
    {"thumbs.sort", "Model view: heads by previous, first, current, confidence, entropy, distance, or none",
     .parameters = {STRING("score")}, DO(thumbs_sort)},
    {"filter.set", "Show a part: all, aa, ab, ba, bb, or encoder, decoder, cross", .parameters = {STRING("filter")},
     DO(filter_set)},
    {"threshold.set", "Leave weights below this out", .parameters = {NUMBER("threshold")}, DO(threshold_set)},
    {"threshold.more", "Raise the threshold", ".", DO(threshold_more)},
    {"threshold.less", "Lower the threshold", ",", DO(threshold_less)},
    {"threshold.right", "Raise the threshold", "right up", REN_SCOPE_SLIDER, DO(threshold_more)},
    {"threshold.left", "Lower the threshold", "left down", REN_SCOPE_SLIDER, DO(threshold_less)},
    {"aggregate.set", "Put together: none, heads, selected, layers, all or rollout; heads such as 1,3",
     .parameters = {STRING("what"), MAYBE("heads", REN_ARG_STRING)}, DO(aggregate_set)},
    {"aggregate.by", "What is put together is the mean or the max", .parameters = {STRING("by")}, DO(aggregate_by)},
    {"words.toggle", "Pieces of words as words", "m", DO(words_toggle)},
    {"renormalise.toggle", "Without what is hidden, rows sum to 1 again, or not", "n", DO(renormalise_toggle)},
    {"sink.toggle", "Hide or show the first token or the separators", "f", DO(sink_toggle)},

    {"scroll", "Scroll a view by logical pixels: left, right, or the active one",
     .parameters = {NUMBER("dx"), NUMBER("dy"), MAYBE("side", REN_ARG_STRING)}, DO(scroll)},
    {"scroll.page_down", "Scroll a page down", "pagedown", DO(scroll_page_down)},
    {"scroll.page_up", "Scroll a page up", "pageup", DO(scroll_page_up)},
    {"scroll.start", "Scroll to the top", "home", DO(scroll_start)},
    {"scroll.end", "Scroll to the bottom", "end", DO(scroll_end)},
    {"tiles.scroll", "Scroll the head tiles by logical pixels", .parameters = {NUMBER("dx")}, DO(tiles_scroll)},
    {"hover", "Point at an element, or at nothing", .parameters = {MAYBE("id", REN_ARG_STRING)}, DO(hover)},

    {"theme.toggle", "Dark or light", "t", DO(theme_toggle)},
    {"theme.set", "Use a theme: dark or light", .parameters = {STRING("theme")}, DO(theme_set)},
    {"palette.toggle", "Colour-blind-safe colours, or the usual", "c", DO(palette_toggle)},
    {"lines.bertviz", "Line weights as in BertViz, or the usual", "w", DO(lines_bertviz)},
    {"scale.more", "Larger", "ctrl+plus ctrl+=", REN_SCOPE_ALWAYS, DO(scale_more)},
    {"scale.less", "Smaller", "ctrl+minus", REN_SCOPE_ALWAYS, DO(scale_less)},
    {"scale.reset", "Normal size", "ctrl+0", REN_SCOPE_ALWAYS, DO(scale_reset)},
    {"scale.set", "Device pixels per logical pixel", .parameters = {NUMBER("scale")}, DO(scale_set)},
    {"help.toggle", "Show these keys", "?", DO(help_toggle)},
    {"commands.open", "Find a command and run it", "f1 ctrl+shift+p", REN_SCOPE_ALWAYS, DO(commands_open)},
    {"commands.close", "Close the list of commands", DO(commands_close)},
    {"commands.next", "Next command", "down", REN_SCOPE_COMMANDS, DO(commands_next)},
    {"commands.previous", "Previous command", "up", REN_SCOPE_COMMANDS, DO(commands_previous)},
    {"commands.page_down", "A page of commands on", "pagedown", REN_SCOPE_COMMANDS, DO(commands_page_down)},
    {"commands.page_up", "A page of commands back", "pageup", REN_SCOPE_COMMANDS, DO(commands_page_up)},
    {"commands.run", "Run the marked command, or one by its place", "enter", REN_SCOPE_COMMANDS, .composite = true,
     .parameters = {MAYBE("entry", REN_ARG_NUMBER)}, DO(commands_run)},
    {"escape", "Close what is open, leave the field, deselect", "escape", REN_SCOPE_ALWAYS, .composite = true,
     DO(escape)},

    {"model.open", "Open a model, a recorded run, a figure or a session by its name or path",
     .parameters = {STRING("model")}, DO(model_open)},
    {"open.ask", "Open a model, a recorded run, a figure or a session", "ctrl+o", REN_SCOPE_ALWAYS, DO(open_ask)},
    {"model.menu", "Choose a model", "ctrl+m", REN_SCOPE_ALWAYS, .composite = true, DO(model_menu)},
    {"options.menu", "Settings", "o", .composite = true, DO(options_menu)},
    {"examples.menu", "Choose an example", "ctrl+e", REN_SCOPE_ALWAYS, .composite = true, DO(examples_menu)},
    {"run", "Run the sentence", "ctrl+enter", REN_SCOPE_ALWAYS, DO(run)},
    {"run.cancel", "Stop what runs", DO(run_cancel)},
    {"progress.cancel", "Stop what takes its time: what runs, or the console's script", .composite = true,
     DO(progress_cancel)},
    {"overlay.toggle", "Show or hide what the window costs: time of a frame, memory", "f3", REN_SCOPE_ALWAYS,
     DO(overlay_toggle)},
    {"bos.toggle", "Put the model's BOS token in front, or not", "b", DO(bos_toggle)},
    {"text.set", "Replace the sentence", .parameters = {STRING("text")}, DO(text_set)},
    {"pair.set", "Replace the second sentence", .parameters = {STRING("text")}, DO(pair_set)},
    {"pair.open", "Unfold the second sentence", DO(pair_open)},
    {"pair.close", "Fold the second sentence", DO(pair_close)},

    {"history.previous", "The input that was run before", "up ctrl+up", REN_SCOPE_FIELD, DO(history_previous)},
    {"history.next", "The input that was run after, or what was being typed", "down ctrl+down", REN_SCOPE_FIELD,
     DO(history_next)},
    {"text.first", "Of a text that is too long, run the beginning", DO(text_first)},
    {"text.last", "Of a text that is too long, run the end", DO(text_last)},
    {"find.open", "Find a token", "ctrl+f", REN_SCOPE_ALWAYS, DO(find_open)},
    {"find.next", "Next token that matches", DO(find_next)},
    {"find.previous", "Previous token that matches", "shift+enter", REN_SCOPE_FIELD, DO(find_previous)},
    {"find.close", "Put the search away", DO(find_close)},
    {"figure.ask", "Write the view as a picture, where to is asked", "ctrl+s", REN_SCOPE_ALWAYS, DO(figure_ask)},
    {"figure.save", "Write the view as a picture: PNG, SVG or PDF by its name",
     .parameters = {MAYBE("file", REN_ARG_STRING), MAYBE("transparent", REN_ARG_BOOL)}, DO(figure_save)},
    {"copy.numbers", "Copy the shown head's weights as a table", "ctrl+c", DO(copy_numbers)},

    {"copy.picture", "Copy the view as a picture", "ctrl+shift+c", REN_SCOPE_ALWAYS, DO(copy_picture)},
    {"copy.path", "Copy the path of the figure that was written last", DO(copy_path)},

    {"path.set", "Replace the path that is asked for", .parameters = {STRING("path")}, DO(path_set)},
    {"path.complete", "Complete the path", "tab", REN_SCOPE_PATH, .composite = true, DO(path_complete)},
    {"path.next", "Next entry of the folder", "down", REN_SCOPE_PATH, DO(path_next)},
    {"path.previous", "Previous entry of the folder", "up", REN_SCOPE_PATH, DO(path_previous)},
    {"path.page_down", "A page of entries on", "pagedown", REN_SCOPE_PATH, DO(path_page_down)},
    {"path.page_up", "A page of entries back", "pageup", REN_SCOPE_PATH, DO(path_page_up)},
    {"path.accept", "Take the path as it stands, or an entry by its place", "enter", REN_SCOPE_PATH,
     .composite = true, .parameters = {MAYBE("entry", REN_ARG_NUMBER)}, DO(path_accept)},
    {"path.close", "Put the question for a path away", DO(path_close)},

    {"console.toggle", "Fold or unfold the Lua console", "ctrl+`", REN_SCOPE_ALWAYS, DO(console_toggle)},
    {"console.run", "Run Lua in the console", .parameters = {STRING("code")}, DO(console_run)},
    {"console.stop", "Stop the script that runs", DO(console_stop)},
    {"console.height", "Height of the console in logical pixels", .parameters = {NUMBER("height")},
     DO(console_height)},
    {"console.submit", "Run the code, or begin its next line where it is not finished", "enter", REN_SCOPE_CONSOLE,
     .composite = true, DO(console_submit)},
    {"console.newline", "Begin the next line", "shift+enter", REN_SCOPE_CONSOLE, .composite = true,
     DO(console_newline)},
    {"console.complete", "Complete the name, or list what it may become", "tab", REN_SCOPE_CONSOLE,
     .composite = true, DO(console_complete)},
    {"console.previous", "A line up, or the code that was run before", "up", REN_SCOPE_CONSOLE,
     DO(console_previous)},
    {"console.next", "A line down, or the code that was run after", "down", REN_SCOPE_CONSOLE, DO(console_next)},
    {"console.earlier", "The code that was run before", "ctrl+up", REN_SCOPE_CONSOLE, DO(console_earlier)},
    {"console.later", "The code that was run after", "ctrl+down", REN_SCOPE_CONSOLE, DO(console_later)},
    {"console.page_up", "Scroll a page back in what the console said", "pageup", REN_SCOPE_CONSOLE,
     DO(console_page_up)},
    {"console.page_down", "Scroll a page on", "pagedown", REN_SCOPE_CONSOLE, DO(console_page_down)},
    {"console.scroll", "Scroll back in what the console said, by rows", .parameters = {NUMBER("rows")},
     DO(console_scroll)},
    {"console.select", "Select what the console said, from a line and a byte of it, or on to there",
     .parameters = {NUMBER("line"), NUMBER("offset"), MAYBE("extend", REN_ARG_BOOL)}, DO(console_select)},
    {"console.select_all", "Select everything that the console said", DO(console_select_all)},
    {"console.copy", "Copy what is selected in the console", "ctrl+c", REN_SCOPE_CONSOLE, DO(console_copy)},
    {"console.clear", "Forget what the console said", "ctrl+l", REN_SCOPE_CONSOLE, DO(console_clear)},

    {"focus.set", "Give an element the keys", .parameters = {STRING("id")}, DO(focus_set)},
    {"focus.clear", "Give the view the keys", DO(focus_clear)},
    {"focus.next", "Next control", "tab", REN_SCOPE_ALWAYS, DO(focus_next)},
    {"focus.previous", "Previous control", "shift+tab", REN_SCOPE_ALWAYS, DO(focus_previous)},
    {"focus.activate", "Press the focused control", "enter space", REN_SCOPE_CONTROL, .composite = true,
     DO(focus_activate)},
    {"menu.open", "Open a drop-down: model, examples, layer, filter or options", .parameters = {STRING("id")},
     DO(menu_open)},
    {"menu.close", "Close the drop-down", DO(menu_close)},
    {"menu.cancel", "Close the drop-down as it was", "escape", REN_SCOPE_MENU, DO(menu_cancel)},
    {"menu.next", "Next entry", "down", REN_SCOPE_MENU, DO(menu_next)},
    {"menu.previous", "Previous entry", "up", REN_SCOPE_MENU, DO(menu_previous)},
    {"menu.choose", "Choose the marked entry, or one by its place", "enter space", REN_SCOPE_MENU,
     .composite = true, .parameters = {MAYBE("entry", REN_ARG_NUMBER)}, DO(menu_choose)},

    {"edit.insert", "Put text in at the caret", .parameters = {STRING("text"), MAYBE("typed", REN_ARG_BOOL)},
     DO(edit_insert)},
    {"edit.compose", "Show what an input method puts together at the caret", .parameters = {STRING("text")},
     DO(edit_compose)},
    {"edit.place", "Put the caret at a byte", .parameters = {NUMBER("offset"), MAYBE("extend", REN_ARG_BOOL)},
     DO(edit_place)},
    {"edit.word", "Select the word at a byte, or on to it",
     .parameters = {NUMBER("offset"), MAYBE("extend", REN_ARG_BOOL)}, DO(edit_word)},
    {"edit.all", "Select everything", "ctrl+a", REN_SCOPE_FIELD, DO(edit_all)},
    {"edit.copy", "Copy", "ctrl+c", REN_SCOPE_FIELD, DO(edit_copy)},
    {"edit.cut", "Cut", "ctrl+x", REN_SCOPE_FIELD, DO(edit_cut)},
    {"edit.paste", "Paste", "ctrl+v", REN_SCOPE_FIELD, .composite = true, DO(edit_paste)},
    {"edit.undo", "Take back", "ctrl+z", REN_SCOPE_FIELD, DO(edit_undo)},
    {"edit.redo", "Put back", "ctrl+y ctrl+shift+z", REN_SCOPE_FIELD, DO(edit_redo)},
    {"edit.submit", "Run the sentence and leave the field", "enter", REN_SCOPE_FIELD, .composite = true,
     DO(edit_submit)},
    {"caret.left", "Caret left", "left", REN_SCOPE_FIELD, DO(caret_left)},
    {"caret.right", "Caret right", "right", REN_SCOPE_FIELD, DO(caret_right)},
    {"caret.word_left", "Caret a word left", "ctrl+left", REN_SCOPE_FIELD, DO(caret_word_left)},
    {"caret.word_right", "Caret a word right", "ctrl+right", REN_SCOPE_FIELD, DO(caret_word_right)},
    {"caret.start", "Caret to the start", "home", REN_SCOPE_FIELD, DO(caret_start)},
    {"caret.end", "Caret to the end", "end", REN_SCOPE_FIELD, DO(caret_end)},
    {"select.left", "Select to the left", "shift+left", REN_SCOPE_FIELD, DO(select_left)},
    {"select.right", "Select to the right", "shift+right", REN_SCOPE_FIELD, DO(select_right)},
    {"select.word_left", "Select a word to the left", "ctrl+shift+left", REN_SCOPE_FIELD, DO(select_word_left)},
    {"select.word_right", "Select a word to the right", "ctrl+shift+right", REN_SCOPE_FIELD, DO(select_word_right)},
    {"select.start", "Select to the start", "shift+home", REN_SCOPE_FIELD, DO(select_start)},
    {"select.end", "Select to the end", "shift+end", REN_SCOPE_FIELD, DO(select_end)},
    {"delete.left", "Delete before the caret", "backspace shift+backspace", REN_SCOPE_FIELD, DO(delete_left)},
    {"delete.right", "Delete behind the caret", "delete", REN_SCOPE_FIELD, DO(delete_right)},
    {"delete.word_left", "Delete a word before the caret", "ctrl+backspace", REN_SCOPE_FIELD, DO(delete_word_left)},
    {"delete.word_right", "Delete a word behind the caret", "ctrl+delete", REN_SCOPE_FIELD, DO(delete_word_right)},

    {"error.details", "Show or hide what the error says in full", DO(error_details)},
    {"notice.details", "Show or hide the whole notice of the status line", DO(notice_details)},
    {"details.copy", "Copy what shows in full", DO(details_copy)},
    {"details.scroll", "Scroll it by lines", .parameters = {NUMBER("lines")}, DO(details_scroll)},
    {"error.close", "Put the error away", DO(error_close)},
    {"window.resize", "Resize to logical pixels", .parameters = {NUMBER("width"), NUMBER("height")},
     DO(window_resize)},
    {"window.close", "Quit", "ctrl+q", REN_SCOPE_ALWAYS, DO(window_close)},
};
enum { N_COMMANDS = sizeof table / sizeof table[0] };

const RenCommandInfo *ren_command_table(size_t *n_commands) {
  *n_commands = N_COMMANDS;
  return table;
}

const RenCommandInfo *ren_command_find(const char *name) {
  for (size_t i = 0; i < N_COMMANDS; i++)
    if (strcmp(table[i].name, name) == 0) return &table[i];
  return NULL;
}

static bool lists_key(const char *keys, const char *key) {
  size_t length = strlen(key);
  while (keys && *keys) {
    size_t n = strcspn(keys, " ");
    if (n == length && memcmp(keys, key, n) == 0) return true;
    keys += n + (keys[n] == ' ');
  }
  return false;
}

const RenCommandInfo *ren_command_of_key(const char *key, RenScope scope) {
  for (size_t i = 0; i < N_COMMANDS; i++)
    if (table[i].scope == scope && lists_key(table[i].keys, key)) return &table[i];
  return NULL;
}

static const char *kind_name(RenArgKind kind) {
  static const char *const names[] = {"nothing", "a number", "a string", "a boolean"};
  return names[kind];
}

static bool check_args(const RenCommandInfo *command, const RenArg *args, size_t n_args, RenArg *out,
                       EngError *err) {
  size_t n = 0;
  for (; command->parameters[n].name; n++) {
    const RenParameter *parameter = &command->parameters[n];
    out[n] = n < n_args ? args[n] : (RenArg){0};
    if (out[n].kind == parameter->kind || (out[n].kind == REN_ARG_NONE && parameter->optional)) continue;
    return eng_error_set(err, command->name, parameter->name, "expected %s, found %s", kind_name(parameter->kind),
                         kind_name(out[n].kind));
  }
  if (n_args <= n) return true;
  return eng_error_set(err, command->name, NULL, "expected %zu arguments, found %zu", n, n_args);
}

bool ren_command_run(RenUi *ui, const char *name, const RenArg *args, size_t n_args, EngError *err) {
  RenArg checked[REN_MAX_ARGS] = {{0}};
  const RenCommandInfo *command = ren_command_find(name);
  if (!command) return eng_error_set(err, NULL, name, "expected the name of a command, found none such");
  if (!check_args(command, args, n_args, checked, err)) return false;
  if (!command->composite) ui->depth++;
  bool ok = command->run(ui, checked, err);
  if (ok && ui->find_open && !command->composite) ren_find_follow(ui);
  if (ok) ren_launcher_follow(ui);
  if (ok) ren_chooser_follow(ui);
  if (!command->composite) ui->depth--;
  ren_ui_touch(ui);
  bool tell = ok && ui->depth == 0 && !command->composite && ui->host.ran;
  if (tell) ui->host.ran(ui->host.context, command, checked);
  return ok;
}

bool ren_arg_index(const RenArg *arg, const char *name, int count, int *out, EngError *err) {
  double number = arg->number;
  if (count <= 0) return eng_error_set(err, NULL, name, "expected something to choose from, found nothing shown");
  if (!(number >= 0 && number < count && floor(number) == number))
    return eng_error_set(err, NULL, name, "expected 0 to %d, found %g", count - 1, number);
  *out = (int)number;
  return true;
}

static RenArg number_arg(int number) { return (RenArg){.kind = REN_ARG_NUMBER, .number = number}; }

/* What the ui itself calls: a refusal changes nothing and needs no word, as when a key has no effect. */
void ren_ui_call(RenUi *ui, const char *name, const RenArg *args, size_t n_args) {
  EngError ignored;
  ren_command_run(ui, name, args, n_args, &ignored);
}

void ren_ui_try(RenUi *ui, const char *name, const RenArg *args, size_t n_args) {
  EngError why = {0};
  if (!ren_command_run(ui, name, args, n_args, &why)) ren_ui_say(ui, why.message);
}

void ren_ui_call_int(RenUi *ui, const char *name, int a, int b, int n) {
  RenArg args[2] = {number_arg(a), number_arg(b)};
  ren_ui_call(ui, name, args, (size_t)n);
}

void ren_ui_call_string(RenUi *ui, const char *name, const char *string) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = string};
  ren_ui_call(ui, name, &arg, 1);
}
