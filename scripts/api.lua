--- Writes docs/api.md, the reference of module `headscope`, from scripts/meta:
---   headscope run scripts/api.lua >docs/api.md
local hs = require "headscope"
local help = require "headscope.help"
local options = require "headscope.options"

local usage = [[
usage: headscope run scripts/api.lua [options]

Prints the reference of module `headscope`: docs/api.md.

  --json         print a list of {name, owner, call, doc, fields, params, returns, example} instead
  --help         print this]]

if options.parse(usage, { ["--json"] = true }, {}).json then
  print(hs.json.encode(help.entries()))
  return
end

print [[
# Reference

Every function of module `headscope`, as `hs.help "run.attention"` prints it. Made by `scripts/api.lua` from
`scripts/meta`, where it is to be changed. Numbers that name a part of a model or of a tensor count from 0, sequences
from 1. A function gives `nil` and a message when the world is at fault (a file that is missing), and raises when the
caller is (a wrong type, an index out of range, an option nobody knows, an object that is closed).

Examples have at hand: `hs`; `model`, which is `novella`; `run`, of "The doctor asked the nurse a question. She"; `t`,
which is `hs.tensor { { 1, 2, 3 }, { 4, 5, 6 } }`; `window`, which shows "The doctor asked"; `file`, the name of a new
file. Behind `-->` stands what a line prints.]]

local function print_list(values)
  for _, value in ipairs(values) do
    local doc = value.doc ~= "" and " " .. value.doc or ""
    print(value.name and ("- `%s` `%s`%s"):format(value.name, value.type, doc) or ("- gives `%s`%s"):format(value.type, doc))
  end
end

for _, entry in ipairs(help.entries()) do
  local is_type = entry.name == entry.owner
  print(("\n%s %s\n"):format(is_type and "##" or "###", is_type and entry.call or "`" .. entry.call .. "`"))
  if #entry.doc > 0 then print(table.concat(entry.doc, "\n") .. "\n") end
  print_list(entry.fields)
  print_list(entry.params)
  print_list(entry.returns)
  if #entry.example > 0 then print("\n```lua\n" .. table.concat(entry.example, "\n") .. "\n```") end
end
