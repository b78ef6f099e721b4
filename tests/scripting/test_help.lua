-- Every function of scripts/meta has an example that runs and prints what it says; hs.help shows them; docs/api.md is
-- what scripts/api.lua writes.
local hs = require "headscope"
local help = require "headscope.help"
local root = os.getenv "HEADSCOPE_HOME"

local model = assert(hs.load "novella")
local wrong = {}

--- What examples find beside the standard library.
local function environment()
  local names = { hs = hs, model = model, file = os.tmpname() }
  names.run = model:run "The doctor asked the nurse a question. She"
  names.t = hs.tensor { { 1, 2, 3 }, { 4, 5, 6 } }
  os.remove(names.file)
  return setmetatable(names, { __index = _G })
end

--- Runs an entry's example; each line that says what it prints must print it.
local function check(entry)
  local env, printed = environment(), {}
  local source = table.concat(entry.example, "\n")
  function env.print(...)
    local words = table.pack(...)
    for i = 1, words.n do words[i] = tostring(words[i]) end
    printed[debug.getinfo(2, "l").currentline] = table.concat(words, "\t")
  end
  if source:find "window" then env.window = hs.ui.open({ model = "novella", text = "The doctor asked" }):wait() end
  local chunk, message = load(source, "=example", "t", env)
  local ok = chunk ~= nil
  if chunk then ok, message = xpcall(chunk, debug.traceback) end
  if not ok then wrong[#wrong + 1] = entry.call .. ": " .. message end
  for i, line in ipairs(entry.example) do
    local expected = line:match "%-%-> ?(.*)$"
    if ok and expected and printed[i] ~= expected then
      wrong[#wrong + 1] = ("%s: expected '%s', found '%s'"):format(entry.call, expected, printed[i])
    end
  end
  if env.window then env.window:close() end
  os.remove(env.file)
end

local entries = help.entries()
for _, entry in ipairs(entries) do
  if entry.name ~= entry.owner and #entry.example == 0 then
    wrong[#wrong + 1] = entry.call .. ": expected an example in scripts/meta, found none"
  end
  if #entry.example > 0 then check(entry) end
end
assert(#entries > 100, "expected more functions")

--- What hs.help prints.
local function said(name)
  local lines, mine = {}, print
  print = function(line) lines[#lines + 1] = line or "" end
  local ok, message = pcall(hs.help, name)
  print = mine
  return ok and table.concat(lines, "\n") or message
end
local attention = said "run.attention"
for _, part in ipairs { "run:attention(layer, head)", "[query, key]", "takes", "gives   Tensor", "example print(" } do
  assert(attention:find(part, 1, true), "expected " .. part .. " in:\n" .. attention)
end
assert(said "run:attention" == attention and said "attention" == attention and said "hs.run.attention" == attention)
assert(said "json":find("hs.json.encode", 1, true) and said "run":find "n_tokens")
assert(said():find("window:find(id)", 1, true))
assert(said "no_such_function" == "hs.help: expected a name that hs.help() lists, found no_such_function")

local written = assert(io.popen(("'%s' run '%s/scripts/api.lua'"):format(arg[-2], root)):read "a")
local file <close> = assert(io.open(root .. "/docs/api.md"))
if file:read "a" ~= written then
  wrong[#wrong + 1] = "docs/api.md is stale: build/headscope run scripts/api.lua >docs/api.md"
end
assert(#wrong == 0, table.concat(wrong, "\n"))
