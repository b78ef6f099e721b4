-- What the tests on a screen know of a session: the window as it is after the commands so far, and screenshots.
local M = {}

--- The session in session.lua, done over; it is not closed yet.
function M.replay()
  local file = assert(io.open "session.lua")
  local text = file:read "a":gsub("return ui%s*$", "")
  file:close()
  local ui = assert(load(text .. "\nui:wait() return ui"))()
  ui:step(1)
  return ui
end

--- A screenshot as a tensor [height, width, 3].
function M.screen(path)
  local hs = require "headscope"
  local data = assert(io.open(path, "rb")):read "a"
  local head = { string.unpack(">" .. ("I4"):rep(25), data) }
  local width, height, bits, pitch = head[5], head[6], head[12], head[13]
  assert(head[2] == 7 and head[3] == 2 and bits == 32 and head[8] == 0, "an X window dump as this test knows it")
  local start, flat, n = head[1] + 12 * head[20], {}, 0
  for y = 0, height - 1 do
    for x = 0, width - 1 do
      local blue, green, red = data:byte(start + y * pitch + 4 * x + 1, start + y * pitch + 4 * x + 3)
      flat[n + 1], flat[n + 2], flat[n + 3] = red, green, blue
      n = n + 3
    end
  end
  return hs.tensor(flat):reshape { height, width, 3 }
end

return M
