-- A scan that the console asks for: how far it is stands in the window, which goes on; it can be cancelled, and what it
-- found is kept.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal = w.check, w.equal

--- A folder with a text that takes a while, gone at the end.
local function folder(lines)
  local path, gone = files.folder()
  files.write(path .. "/text.txt", ("The doctor asked the nurse a question. She said that he would be back.\n"):rep(lines))
  return path, gone
end

local function begin(ui, path)
  ui:command("console.run", { ([[assert(hs.scan("previous", model, { text = "%s/text.txt", out = "%s/out.jsonl" })).sequences]]):format(path, path) })
end

--- Lets time pass until something is drawn.
local function await(ui, text)
  while not w.says(ui, text) do
    if not ui:console().running then
      local lines = ui:console().lines
      error("the script is over: " .. lines[#lines].text, 2)
    end
    ui:step(0.05)
  end
end

check("it says how far it is, and leaves the window usable; Cancel ends it, and what was found stays", function()
  local path <const>, done <close> = folder(200000)
  local ui <close> = hs.ui.open { text = "The doctor asked" }:wait()
  begin(ui, path)
  await(ui, " left, ")
  assert(w.says(ui, "tokens/s") and ui:find "progress" and ui:find "cancel")
  w.click(ui, "text")
  ui:key "ctrl+a"
  ui:type "Some other words\n"
  ui:command "focus.clear"
  ui:key "2"
  await(ui, "·words")
  await(ui, " left, ")
  w.click(ui, "cancel")
  ui:wait()
  equal(ui:console().running, false)
  equal(ui:find "cancel", nil)
  local file <close> = assert(io.open(path .. "/out.jsonl.scan"), "it can go on")
  equal(ui:state().error, nil)
end)

check("a short one gives its totals", function()
  local path <const>, done <close> = folder(3)
  local ui <close> = hs.ui.open { text = "The doctor asked" }:wait()
  begin(ui, path)
  ui:wait()
  local lines = ui:console().lines
  equal(lines[#lines].text, "3")
end)

w.finish()
