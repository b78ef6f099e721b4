-- A comparison of what is put together: heads, layers and words of both runs alike.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local compared = require "compared"
local files = require "files"
local w = require "window"
local check, equal, says, tooltip = w.check, w.equal, w.says, w.tooltip
local SHE, HE, pronouns = compared.SHE, compared.HE, compared.pronouns

--- The tooltip of a cell of the matrix view, of one text alone that is put together by `commands`.
local function alone(text, commands, layer, cell)
  local ui <close> = hs.ui.open { model = "novella", text = text }
  ui:wait()
  for _, command in ipairs(commands) do ui:command(table.unpack(command)) end
  ui:wait()
  ui:key "4"
  ui:command("layer.set", { layer })
  w.move(ui, cell)
  return tooltip(ui)
end

--- The first three numbers behind the names of a tooltip.
local function numbers(text)
  local found = {}
  for number in text:match '"[^"]*$':gmatch "[+-]?%d+%.%d+" do found[#found + 1] = number end
  return table.unpack(found)
end

check("the second run is put together as the first, and so is the difference", function()
  local ways = {
    { { "aggregate.set", { "heads" } } },
    { { "aggregate.set", { "heads", "1,3" } }, { "aggregate.by", { "max" } } },
    { { "aggregate.set", { "layers" } } },
    { { "aggregate.set", { "all" } } },
    { { "aggregate.set", { "rollout" } } },
    { { "sink.toggle" }, { "renormalise.toggle" } },
  }
  for _, commands in ipairs(ways) do
    local layer = commands[1][2] and (commands[1][2][1] == "all" or commands[1][2][1] == "layers") and 0 or 3
    local ui <close> = pronouns()
    ui:key "4"
    for _, command in ipairs(commands) do ui:command(table.unpack(command)) end
    ui:wait()
    ui:command("layer.set", { layer })
    local head = ui:state().head
    local select = { "head.select", { head, layer } }
    local all = { table.unpack(commands) }
    all[#all + 1] = select
    ui:command(table.unpack(select))
    local she, he = alone(SHE, all, layer, "cell.8.6"), alone(HE, all, layer, "cell.8.6")
    ui:command("shown.set", { "second" })
    w.move(ui, "cell.8.6")
    equal(tooltip(ui), he)
    ui:command("shown.set", { "difference" })
    w.move(ui, "cell.8.6")
    local a, b, difference = numbers(tooltip(ui))
    equal(a, numbers(she))
    equal(b, numbers(he))
    assert(math.abs(difference - (b - a)) < 2e-4, tooltip(ui))
  end
end)

check("words are compared with words", function()
  local first, second = "The zoologist asked the nurse. She", "The old zoologist asked the nurse. She"
  local ui <close> = pronouns { text = first }
  ui:command("compare.text", { second })
  ui:wait()
  local tokens = says(ui, "second: "):match "second: (%d+) tokens"
  ui:command "words.toggle"
  ui:wait()
  ui:key "4"
  ui:command("shown.set", { "difference" })
  assert(says(ui, "1 word is in only one"), "·old")
  assert(ui:find "cell.8.8" and not ui:find "cell.9.9", "nine words of " .. tokens .. " tokens")
  local select = { "head.select", { 4, 3 } }
  local she = alone(first, { { "words.toggle" }, select }, 3, "cell.7.2")
  local he = alone(second, { { "words.toggle" }, select }, 3, "cell.8.3")
  w.move(ui, "cell.8.3")
  local a, b = numbers(tooltip(ui))
  equal(a, numbers(she))
  equal(b, numbers(he))
  w.click(ui, "cell.8.3")
  equal(ui:state().token, 7, "the first run's word")
  ui:command "words.toggle"
  ui:wait()
  assert(ui:find "cell.9.9", "tokens again")
end)

check("what is put together in a comparison lasts in figures and from start to start", function()
  local folder <const>, gone <close> = files.folder()
  local file = folder .. "/f.png"
  do
    local ui <close> = pronouns { state_dir = folder }
    ui:command("aggregate.set", { "rollout" })
    ui:command("split.side", { "right" })
    ui:command("shown.set", { "difference" })
    ui:wait()
    ui:command("figure.save", { file })
  end
  for _, options in ipairs { { figure = file }, { state_dir = folder } } do
    local ui <close> = hs.ui.open(options)
    ui:wait()
    equal(ui:state().shown, "difference")
    equal(ui:state().aggregate, "rollout")
    assert(says(ui, "·She/·He"), "the difference itself")
  end
end)

check("much is put together on another thread, and then compared", function()
  local ui <close> = hs.ui.open { model = "novella", text = ("The doctor asked the nurse. "):rep(40) }
  ui:wait()
  ui:key "4"
  ui:command("aggregate.set", { "heads" })
  ui:command("compare.text", { ("The nurse asked the doctor. "):rep(40) })
  ui:command("shown.set", { "difference" })
  ui:wait()
  assert(says(ui, "second − this"))
  ui:command("aggregate.set", { "rollout" })
  ui:command("aggregate.set", { "all" })
  ui:command "words.toggle"
  ui:wait()
  assert(says(ui, "second − this"))
  equal(ui:state().error, nil)
  ui:command "compare.close"
  ui:command("aggregate.set", { "none" })
  ui:wait()
  ui:pixels()
end)

w.finish()
