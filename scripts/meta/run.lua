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
---@field n_keys integer columns of a pattern: as many as tokens, but where attention goes from one text to another
---@field bos boolean
---@field seconds number
---@field model headscope.Model
---@field edits (string|headscope.Edit)[] what it was edited with; a patch is a table
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

--- One token: what it is and where it lies.
--- ```lua
--- print(run:token(1).text, run:token(-1).id) -->  doctor	681
--- ```
---@param i integer position, from 0, negative from the end
---@return headscope.Token
function run:token(i) end

--- One key, a column of the pattern: a token, but where attention goes from one text to another.
--- ```lua
--- print(run:key(1).text, run.n_keys == run.n_tokens) -->  doctor	true
--- ```
---@param i integer position, from 0, negative from the end
---@return headscope.Token
function run:key(i) end

--- Full names of what was kept.
--- ```lua
--- print(run:names()[1]) --> blocks.0.attn.hook_q
--- ```
---@return string[]
function run:names() end

--- A full name, a short one with its layer ("q2"), or without: all layers in front.
--- Raises for what was not kept, with the `keep` to add. A pattern is [head, query, key]; q, k, v, z are [token,
--- head, d_head]; resid is [token, d_model]; pre and post are [token, d_mlp].
--- ```lua
--- print(table.concat(run:get("q2").shape, " "), #run:get "pattern") --> 9 6 32	6
--- ```
---@param name string
---@return headscope.Tensor
function run:get(name) end

--- [layer, head, query, key], [head, query, key] or [query, key].
--- Rows are queries and sum to 1, columns are keys.
--- ```lua
--- print(table.concat(run:attention().shape, " ")) --> 6 6 9 9
--- print(run:attention(2, 4):sum(-1):max() < 1.00001) --> true
--- print(run:attention("3.4"):diagonal(-1):mean() > 0.7) --> true
--- ```
---@param layer? integer|string|{ layer: integer, head: integer } a layer, or a head as "5.10"
---@param head? integer
---@return headscope.Tensor
function run:attention(layer, head) end

--- Of the last position, or of all with logits = "all"; with `i` one row.
--- [vocabulary]; of all positions [token, vocabulary]. Raises for a model without a head.
--- ```lua
--- local values, ids = run:logits():topk(1)
--- print(model:decode { ids[0] // 1 | 0 }) -->  was
--- ```
---@param i? integer position, negative from the end
---@return headscope.Tensor
function run:logits(i) end

--- Gives its memory back now; its tensors raise from then on.
--- ```lua
--- local other = model:run "The doctor"
--- other:close()
--- print(pcall(other.attention, other)) --> false	run is closed
--- ```
function run:close() end
