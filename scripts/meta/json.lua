---@meta _
--- hs.json: JSON for scripts.

---@class headscope.json
---@field null userdata stands for null
local json = {}

--- JSON with sorted keys; tensors are nested arrays. NaN, infinities and cycles raise.
--- ```lua
--- print(hs.json.encode { b = { 1, 2 }, a = "x" }) --> {"a":"x","b":[1,2]}
--- ```
---@param value any
---@return string
function json.encode(value) end

--- A value of its JSON; or nil and a message. null is hs.json.null.
--- ```lua
--- print(hs.json.decode('{"a": [1, 2]}').a[2]) --> 2
--- ```
---@param text string
---@return any value
---@return string? message
function json.decode(text) end

--- Marks an empty table as an object: encode writes {} for it, not [].
--- ```lua
--- print(hs.json.encode {}, hs.json.encode(hs.json.object {})) --> []	{}
--- ```
---@param t table
---@return table t
function json.object(t) end
