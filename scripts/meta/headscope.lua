---@meta headscope
--- What module `headscope` holds, for editors and for readers: one file a type. Nothing here runs; a test compares
--- these files with the module. Numbers that name a part of a model or of a tensor count from 0, sequences from 1.

---@class headscope
---@field version string
---@field json headscope.json
---@field ui headscope.ui
---@field stats headscope.stats
local hs = {}

--- A folder, a file, a model shipped in models/ by its name, or a name in the Hugging Face cache.
--- ```lua
--- print(hs.load "novella") --> model novella (gpt2, 6 layers x 6 heads)
--- print(hs.load "no such model" == nil) --> true
--- ```
---@param name string
---@return headscope.Model? model
---@return string? message what went wrong
function hs.load(name) end

--- The tensors of a safetensors file by their names, the types of those that cannot be read, and its metadata.
--- ```lua
--- hs.save_tensors(file, { a = t }, { by = "me" })
--- local tensors, others, notes = hs.tensors(file)
--- print(tensors.a:sum(), notes.by) --> 21.0	me
--- ```
---@param file string
---@return table<string, headscope.Tensor>? tensors
---@return table<string, string>|string others or what went wrong
---@return table<string, string>? notes
function hs.tensors(file) end

--- A recorded run, for probes and `hs.filter`: what its file has of a run, under the same names. It has no model: what only
--- that could tell raises, and says what is missing. Of an encoder-decoder it is the part "encoder", "decoder" or "cross", without
--- a name the first.
--- ```lua
--- hs.save_tensors(file, { ["blocks.0.attn.hook_pattern"] = hs.zeros { 2, 3, 3 } + 1 / 3 })
--- local recorded = hs.recorded(file)
--- print(recorded.n_tokens, recorded:attention(0, 1).shape[1], recorded.model.config.n_heads) --> 3	3	2
--- print(#select(2, hs.filter(recorded, "previous > 0.3"))) --> 2
--- ```
---@param file string
---@param part? string
---@return headscope.Run?
---@return string? message
function hs.recorded(file, part) end

--- Writes tensors and notes to a safetensors file; the same tables give the same bytes.
--- ```lua
--- print(hs.save_tensors(file, { a = t, b = t * 2 }, { by = "me" })) --> true
--- ```
---@param file string
---@param tensors table<string, headscope.Tensor>
---@param notes? table<string, string>
---@return boolean? done
---@return string? message
function hs.save_tensors(file, tensors, notes) end

--- A new tensor of a list of numbers, or of lists in lists.
--- ```lua
--- print(hs.tensor({ { 1, 2 }, { 3, 4 } }):sum()) --> 10.0
--- ```
---@param lists table
---@return headscope.Tensor
function hs.tensor(lists) end

--- Zeros of that shape.
--- ```lua
--- print(#hs.zeros { 2, 3 }, hs.zeros({ 2, 3 }):sum()) --> 2	0.0
--- ```
---@param shape integer[]
---@return headscope.Tensor
function hs.zeros(shape) end

--- 0, 1, … n-1.
--- ```lua
--- print(hs.range(4):sum()) --> 6.0
--- ```
---@param n integer
---@return headscope.Tensor
function hs.range(n) end

--- Tensors of one shape, with a new first axis.
--- ```lua
--- print(table.concat(hs.stack({ t, t }).shape, " ")) --> 2 2 3
--- ```
---@param tensors headscope.Tensor[]
---@return headscope.Tensor
function hs.stack(tensors) end

--- `a` where `condition` is not 0, else `b`.
--- ```lua
--- print(hs.where(t:gt(2), t, 0):sum()) --> 18.0
--- ```
---@param condition headscope.Tensor
---@param a headscope.Tensor|number
---@param b headscope.Tensor|number
---@return headscope.Tensor
function hs.where(condition, a, b) end

--- A PNG file as a tensor [height, width, 3], 0 to 255.
--- ```lua
--- hs.save_picture(file, hs.zeros { 4, 5, 3 } + 255)
--- print(hs.picture(file):mean()) --> 255.0
--- ```
---@param file string
---@return headscope.Tensor? pixels
---@return string? message
function hs.picture(file) end

--- Writes a tensor [height, width, 3], 0 to 255, as a PNG file.
--- ```lua
--- print(hs.save_picture(file, hs.zeros { 4, 5, 3 })) --> true
--- ```
---@param file string
---@param pixels headscope.Tensor
---@return boolean? done
---@return string? message
function hs.save_picture(file, pixels) end

--- Asks a probe of files of any size on several threads and writes JSON lines to `out` (docs/scan.md).
--- ```lua
--- local text <close> = assert(io.open(file, "w"))
--- text:write "The doctor asked the nurse.\nShe said no."
--- text:flush()
--- print(hs.scan("previous", model, { text = file, out = file .. ".jsonl" }).sequences) --> 2
--- os.remove(file .. ".jsonl")
--- ```
---@param probe string a file, or a probe's name
---@param model headscope.Model
---@param options {text: string|string[], out: string, top: integer?, workers: integer?, join: boolean?, resume: boolean?, force: boolean?, params: table<string, number|boolean>?}
---@return {sequences: integer, tokens: integer, found: integer, passed_over: integer, seconds: number}? totals
---@return string? message what was found before it is in `out`; a file that holds something is refused without `resume` or `force`
function hs.scan(probe, model, options) end

--- The bytes of a file. In a sandbox, as all that touches files, of those in its folders.
--- ```lua
--- hs.write(file, "one line\n")
--- print(#hs.read(file)) --> 9
--- ```
---@param file string
---@return string? bytes
---@return string? message
function hs.read(file) end

--- Writes a file, all of it or nothing: where that fails the file is as it was.
--- ```lua
--- print(hs.write(file, "one line\n")) --> true
--- ```
---@param file string
---@param text string
---@return boolean? done
---@return string? message
function hs.write(file, text) end

--- The names in a folder, sorted, without hidden ones; folders end in a slash.
--- ```lua
--- hs.make_folder(file)
--- print(#hs.files(file)) --> 0
--- ```
---@param folder string
---@return string[]? names
---@return string? message
function hs.files(folder) end

--- Makes a folder; one that is there is fine.
--- ```lua
--- print(hs.make_folder(file)) --> true
--- ```
---@param folder string
---@return boolean? done
---@return string? message
function hs.make_folder(folder) end

--- What a model does with a template over lists of words, in every combination: one tensor [slot, slot, …, the axes of
--- the score], slots in the order in which they stand in the template, and what each index means. A score is a number
--- or a tensor, of one shape for all prompts; without one it is the logits of the last position, [vocabulary]. Prompts
--- are packed into passes of some 512 tokens, as by `model:runs`.
--- ```lua
--- local scores, about = hs.contrast(model, "The {job} said that {who}", { job = { "doctor", "nurse" }, who = { "he", "she" } },
---   { score = function(run) return run:attention():select(-1, 1):select(-1, -1) end })
--- print(table.concat(scores.shape, " "), about.axes[1], about.prompts[2]) --> 2 2 6 6	job	The doctor said that she
--- ```
---@param model headscope.Model
---@param template string
---@param slots table<string, string[]>
---@param options? { score?: fun(run: headscope.Run): headscope.Tensor|number, keep?: string[], logits?: string, bos?: boolean, edits?: (string|headscope.Edit)[] }
---@return headscope.Tensor
---@return { axes: string[], words: string[][], prompts: string[] } about
function hs.contrast(model, template, slots, options) end

--- What an edit did, of two runs of one shape, as far as both kept what it needs: `heads` [layer, head] is half of the sum that
--- the weights of a row differ by (total variation), mean over queries; `layers` [layer] the length of what `resid_post` differs
--- by over its length, mean over tokens; `logits` those of the second less those of the first; `kl` KL(first ‖ second) of what
--- they predict at the last position, in nats.
--- ```lua
--- local effect = hs.diff(run, model:run(run.text, { edits = { "pattern 2.4 query 8 key 0 set 1" } }))
--- print(("%.3f"):format(effect.heads:at(2, 4)), effect.kl > 0, effect.layers) --> 0.055	true	nil
--- ```
---@param run headscope.Run
---@param edited headscope.Run
---@return { heads: headscope.Tensor?, layers: headscope.Tensor?, logits: headscope.Tensor?, kl: number? }
function hs.diff(run, edited) end

--- Prints what there is to say about a function or a type; without a name lists all.
--- ```lua
--- hs.help "run.attention"
--- ```
---@param name? string "run.attention", "attention" or "run"
function hs.help(name) end

--- Heads for which an expression over `layer`, `head` and ids of probes holds, or a function of such fields.
--- ```lua
--- local mask, heads = hs.filter(run, "previous > 0.5 and layer < 6")
--- print(mask:sum(), table.concat(heads, " ")) --> 2.0	2.4 3.4
--- ```
---@param run headscope.Run
---@param wanted string|fun(at: table): any "previous > 0.5 and layer < 6"
---@return headscope.Tensor mask [layer, head], 1 or 0
---@return string[] heads "5.10", in order
function hs.filter(run, wanted) end

--- A probe of its fields; see docs/probes.md.
--- ```lua
--- local probe = hs.probe { id = "first", kind = "head",
---   score = function(run) return run:attention():select(-1, 0):mean(-1) end }
--- print(probe:ask(model, { run = run }).mean.shape[1]) --> 6
--- ```
---@param fields table
---@return headscope.Probe
function hs.probe(fields) end

--- `n` random tokens given twice, none of them special, the same for a seed on every machine.
--- ```lua
--- local ids = hs.repeated(model, 8, 1)
--- print(#ids, ids[1] == ids[9]) --> 16	true
--- ```
---@param model headscope.Model
---@param n integer
---@param seed integer
---@param bos? integer id to put in front
---@return integer[] ids
function hs.repeated(model, n, seed, bos) end

return hs
