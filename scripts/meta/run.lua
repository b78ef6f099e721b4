---@meta _
--- What model:run gives.

---@class headscope.Run
---@field text string
---@field pair? string
---@field ids integer[]
---@field token_types integer[]
---@field tokens string[] as shown
---@field pieces string[] as in the vocabulary
---@field n_tokens integer
---@field bos boolean
---@field seconds number
---@field model headscope.Model
local run = {}

---@class headscope.Token
---@field position integer from 0
---@field text string
---@field piece string
---@field id integer
---@field type integer
---@field start integer first byte in its sentence
---@field stop integer the byte after its last
---@field sentence integer 0, 1, or -1 for an added special token
---@field special boolean

---@param i integer position, from 0, negative from the end
---@return headscope.Token
function run:token(i) end

--- Full names of what was kept.
---@return string[]
function run:names() end

--- A full name, a short one with its layer ("q2"), or without: all layers in front.
---@param name string
---@return headscope.Tensor
function run:get(name) end

--- [layer, head, query, key], [head, query, key] or [query, key].
---@param layer? integer|string|{ layer: integer, head: integer } a layer, or a head as "5.10"
---@param head? integer
---@return headscope.Tensor
function run:attention(layer, head) end

--- Of the last position, or of all with logits = "all"; with `i` one row.
---@param i? integer position, negative from the end
---@return headscope.Tensor
function run:logits(i) end

function run:close() end
