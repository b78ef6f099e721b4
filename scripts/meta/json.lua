---@meta _
--- hs.json: JSON for scripts.

---@class headscope.json
---@field null userdata stands for null
local json = {}

---@param value any
---@return string
function json.encode(value) end

---@param text string
---@return any value
---@return string? message
function json.decode(text) end

--- Marks an empty table as an object: encode writes {} for it, not [].
---@param t table
---@return table t
function json.object(t) end
