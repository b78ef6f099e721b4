--- Rows and edges as lines of text.
local M = {}

--- A token as it is shown: what cannot be seen of it can.
---@param text string
---@return string
function M.shown(text) return (text:gsub(" ", "·"):gsub("\n", "↵")) end

---@param edge headscope.Edge
---@return string
local function edge_line(edge)
  local query, key = M.shown(edge.query_text), M.shown(edge.key_text)
  return ("%-10s%10.4f%6d %s → %d %s"):format(edge.layer .. "." .. edge.head, edge.weight, edge.query, query, edge.key, key)
end

--- Where and what come before how much.
local FIRST = { "layer", "head", "position", "text", "into", "from", "to", "part", "rank", "token", "dimension", "neuron" }

--- The names of a row's fields, in the order of columns.
local function columns_of(row)
  local order, names = {}, {}
  for i, name in ipairs(FIRST) do order[name] = i end
  for name in pairs(row) do names[#names + 1] = name end
  table.sort(names, function(a, b)
    local x, y = order[a] or #FIRST + 1, order[b] or #FIRST + 1
    if x ~= y then return x < y end
    return tostring(a) < tostring(b)
  end)
  return names
end

local function cell_of(value)
  if type(value) == "string" then return M.shown(value) end
  return math.type(value) == "float" and ("%.4f"):format(value) or tostring(value)
end

--- Cells below each other, each column as wide as its widest cell.
local function align(lines)
  local widths, aligned = {}, {}
  for _, line in ipairs(lines) do
    for i, cell in ipairs(line) do widths[i] = math.max(widths[i] or 0, utf8.len(cell) or #cell) end
  end
  for n, line in ipairs(lines) do
    local cells = {}
    for i, cell in ipairs(line) do cells[i] = cell .. (" "):rep(widths[i] - (utf8.len(cell) or #cell)) end
    aligned[n] = table.concat(cells, "   "):gsub(" +$", "")
  end
  return aligned
end

local function table_lines(rows, top)
  local names = columns_of(rows[1])
  local lines = { names }
  for i = 1, math.min(top, #rows) do
    local cells = {}
    for c, name in ipairs(names) do cells[c] = cell_of(rows[i][name]) end
    lines[i + 1] = cells
  end
  return align(lines)
end

--- The first of them, a line each: edges, or rows below the names of their fields.
---@param rows table
---@param are_edges boolean
---@param top integer
---@return string[]
function M.lines(rows, are_edges, top)
  if not are_edges and type(rows[1]) == "table" then return table_lines(rows, top) end
  local lines = {}
  for i = 1, math.min(top, #rows) do lines[i] = are_edges and edge_line(rows[i]) or tostring(rows[i]) end
  return lines
end

return M
