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

---@param text string
---@param options? headscope.EncodeOptions
---@return integer[] ids
---@return integer[] token_types
---@return { start: integer, stop: integer }[] places in bytes of their sentence
function model:encode(text, options) end

---@param ids integer[]
---@return string
function model:decode(ids) end

---@class headscope.RunOptions
---@field pair? string a second sentence, beside a text
---@field token_types? integer[] beside ids
---@field bos? boolean put the BOS token in front (default: false)
---@field keep? string[]|string names of activations, or "all" (default: pattern, q, k)
---@field logits? "last"|"all"|false

---@param input string|integer[]
---@param options? headscope.RunOptions
---@return headscope.Run
function model:run(input, options) end

--- Layer and head of a name; raises where the model has no such head.
---@param name string|{ layer: integer, head: integer } "5.10" or "L5H10"
---@return integer layer
---@return integer head
function model:head(name) end

---@param name string|{ layer: integer, neuron: integer } "L3N120"
---@return integer layer
---@return integer neuron
function model:neuron(name) end

--- A read-only view of a weight, under TransformerLens's name: rows are multiplied from the left, x W.
---@param name string "blocks.3.attn.W_Q" or "W_Q3"
---@return headscope.Tensor
function model:weight(name) end

--- The full names of all weights.
---@return string[]
function model:weights() end

function model:close() end
