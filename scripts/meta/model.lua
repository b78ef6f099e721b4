---@meta _
--- A model that hs.load opened.

---@class headscope.Model
---@field config table<string, any> numbers under Hugging Face's and TransformerLens's names
---@field name string
---@field path string
---@field hash string over names and bytes of all tensors
---@field special_ids integer[]
local model = {}

---@class headscope.EncodeOptions
---@field pair? string a second sentence
---@field special? boolean add the tokens that the model's tokenizer adds (default: true)
---@field bos? boolean put the BOS token in front (default: false)

--- Token ids of a text, their types, and where each lies in it.
--- ```lua
--- local ids, types, places = model:encode "The doctor"
--- print(#ids, types[2], places[2].start, places[2].stop) --> 2	0	3	10
--- ```
---@param text string
---@param options? headscope.EncodeOptions
---@return integer[] ids
---@return integer[] token_types
---@return { start: integer, stop: integer }[] places in bytes of their sentence
function model:encode(text, options) end

--- The text of token ids.
--- ```lua
--- print(model:decode(model:encode "The doctor")) --> The doctor
--- ```
---@param ids integer[]
---@return string
function model:decode(ids) end

---@class headscope.RunOptions
---@field pair? string a second sentence, beside a text
---@field token_types? integer[] beside ids
---@field bos? boolean put the BOS token in front (default: false)
---@field keep? string[]|string names of activations, or "all" (default: pattern, q, k)
---@field logits? "last"|"all"|false
---@field edits? (string|headscope.Edit)[] such as "head 2.5 token 8 scale 0.5": docs/lua.md, "Changing the model"
---@field base? headscope.Run of the same input; layers before the first edit that it lacks are taken from it

---@class headscope.Edit
---@field head? string|integer|{ layer: integer, head: integer } "2.5"; beside `at` a number
---@field pattern? string|{ layer: integer, head: integer } "2.5"
---@field neuron? string|{ layer: integer, neuron: integer } "L3N120"
---@field at? string any activation with its layer: "q2", "blocks.3.hook_resid_pre"
---@field token? integer negative from the end; nil: all
---@field query? integer the same, of scores and patterns
---@field key? integer the same
---@field dim? integer of the last axis
---@field op "zero"|"mean"|"scale"|"set"|"patch"
---@field value? number of scale and set
---@field from? headscope.Run of patch

--- What the model does with a text or a list of ids. Raises for more tokens than n_ctx and for more memory than
--- there is.
--- ```lua
--- local one = model:run("The doctor asked", { keep = "all", logits = "all" })
--- print(one.n_tokens, #one:get("resid_post").shape) --> 3	3
--- local other = model:run("The doctor asked", { edits = { "head 2.4 zero" } })
--- print(other.edits[1], hs.diff(one, other).kl > 0) --> head 2.4 zero	true
--- ```
---@param input string|integer[]
---@param options? headscope.RunOptions
---@return headscope.Run
function model:run(input, options) end

--- Several inputs in one pass, which is faster for short ones than one after another: a list of runs, in their order.
--- Numbers are those of `run`: activations of a causal model with AVX to the bit, for texts of more than one token; all else,
--- and logits of the last position alone, within 1e-5 of the largest of a tensor. The
--- memory of the pass goes with the last of its runs, so that many inputs are best given some hundred tokens at a time.
--- ```lua
--- local runs = model:runs({ "The doctor asked", "She said no" }, { keep = { "pattern" } })
--- print(#runs, runs[2].text, runs[2].n_tokens) --> 2	She said no	3
--- ```
---@param inputs (string|integer[])[] up to 1024
---@param options? { keep?: string[]|string, logits?: "last"|"all"|false, bos?: boolean, edits?: (string|headscope.Edit)[], base?: headscope.Run }
---@return headscope.Run[]
function model:runs(inputs, options) end

--- Layer and head of a name; raises where the model has no such head.
--- ```lua
--- print(model:head "2.5") --> 2	5
--- ```
---@param name string|{ layer: integer, head: integer } "5.10" or "L5H10"
---@return integer layer
---@return integer head
function model:head(name) end

--- Layer and neuron of a name; raises where the model has no such neuron.
--- ```lua
--- print(model:neuron "L2N7") --> 2	7
--- ```
---@param name string|{ layer: integer, neuron: integer } "L3N120"
---@return integer layer
---@return integer neuron
function model:neuron(name) end

--- A read-only view of a weight, under TransformerLens's name: rows are multiplied from the left, x W.
--- ```lua
--- print(table.concat(model:weight("W_Q2").shape, " ")) --> 6 192 32
--- ```
---@param name string "blocks.3.attn.W_Q" or "W_Q3"
---@return headscope.Tensor
function model:weight(name) end

--- The full names of all weights.
--- ```lua
--- print(#model:weights() > 10) --> true
--- ```
---@return string[]
function model:weights() end

--- Gives its memory back now. Runs that are there stay.
--- ```lua
--- local other = hs.load "novella"
--- other:close()
--- print(pcall(other.encode, other, "x")) --> false	model is closed
--- ```
function model:close() end
