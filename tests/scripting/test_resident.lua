-- What a window reads of a recorded file does not stay in memory once it is drawn.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local file <const>, gone <close> = require("files").free ".safetensors"

local LAYERS, HEADS, TOKENS = 6, 4, 96

--- Kilobytes of the file that this process has in memory; nil where the kernel does not tell.
local function resident()
  local maps, here = io.open "/proc/self/smaps", false
  if not maps then return end
  for line in maps:lines() do
    if line:find("/", 1, true) then here = line:find(file, 1, true) end
    local kilobytes = here and line:match "^Rss:%s+(%d+)"
    if kilobytes then return tonumber(kilobytes) end
  end
end

local rows = {}
for q = 1, TOKENS do
  rows[q] = {}
  for k = 1, TOKENS do rows[q][k] = k <= q and 1 / q or 0 end
end
local pattern, tensors = {}, {}
for head = 1, HEADS do pattern[head] = rows end
for layer = 0, LAYERS - 1 do tensors["blocks." .. layer .. ".attn.hook_pattern"] = hs.tensor(pattern) end
assert(hs.save_tensors(file, tensors, {}))
local layer_size = HEADS * TOKENS * TOKENS * 4 / 1024

local ui <close> = hs.ui.open { model = file, size = { 640, 400 } }:wait()
if resident() then
  for _, view in ipairs { "model", "head", "matrix" } do
    ui:command("view." .. view)
    ui:pixels()
    assert(resident() < layer_size, view .. ": " .. resident())
  end
  ui:command "view.head"
  for layer = 1, LAYERS - 1 do
    ui:key "down"
    ui:pixels()
    assert(ui:state().layer == layer and resident() < layer_size, "another layer: " .. resident())
  end
end
