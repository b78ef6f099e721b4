-- Classes of tokens: which words get which, how they show, what a bad file is told, what keeps them.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"

local text = "The doctor asked the nurse a question. She told Mary 12."

local function open(options) return w.typed(text, options) end

local function write(content)
  local name = files.name()
  files.write(name, content)
  return name
end

--- The colours of the lines under tokens: those of a box two high that begin where the token's text may.
local function lines_under(ui, side, i)
  local cell, found = ui:find(("%s.%d"):format(side, i)), {}
  for _, command in ipairs(ui:frame()) do
    local r = command.rect
    if command.kind == "rect" and r and r[4] == 2 and r[2] >= cell.y + cell.h / 2 and r[2] + 2 <= cell.y + cell.h
      and r[1] >= cell.x and r[1] + r[3] <= cell.x + cell.w and r[3] < cell.w then
      found[#found + 1] = command.fill
    end
  end
  return found
end

local function legend(ui)
  local area, names = ui:find "legend", {}
  if not area then return names end
  for _, command in ipairs(ui:frame()) do
    if command.kind == "text" and command.rect[2] >= area.y and command.rect[2] < area.y + area.h then
      names[#names + 1] = command.text
    end
  end
  return names
end

w.check("the default classes mark pronouns, occupations, names, numbers", function()
  local ui <close> = open()
  w.equal(ui:find "legend", nil, "none at first")
  ui:key "u"
  w.equal(ui:state().classes, "default")
  w.list(legend(ui), { "pronoun", "occupation", "name", "number", "punctuation" })
  local expected = { 0, 2, 0, 0, 2, 0, 0, 5, 1, 0, 3, 4, 4, 5 }
  local of = ui:classes()
  w.list(of, expected, "classes of tokens")
  for i, class in ipairs(expected) do
    if ui:find(("query.%d"):format(i - 1)) then
      w.equal(#lines_under(ui, "query", i - 1), class > 0 and 1 or 0, "lines under query " .. i - 1)
      w.equal(#lines_under(ui, "key", i - 1), class > 0 and 1 or 0, "lines under key " .. i - 1)
    end
  end
  w.equal(lines_under(ui, "query", 1)[1], lines_under(ui, "query", 4)[1], "one colour a class")
  ui:key "u"
  w.equal(ui:state().classes, nil)
  w.equal(#lines_under(ui, "query", 1), 0)
end)

w.check("the legend lies below the views and covers nothing", function()
  local ui <close> = open()
  local before = ui:area()
  ui:key "u"
  local row, area = ui:find "legend", ui:area()
  w.equal(area.y + area.h, row.y)
  w.equal(row.y + row.h, before.y + before.h)
  for _, key in ipairs { "1", "3", "4" } do
    ui:key(key)
    w.equal(ui:find "legend" ~= nil, true, "in view " .. key)
  end
end)

w.check("colours are those of the palette", function()
  local ui <close> = open()
  ui:key "u"
  local usual = lines_under(ui, "query", 1)[1]
  ui:key "c"
  w.equal(lines_under(ui, "query", 1)[1] ~= usual, true)
end)

w.check("a file of one's own, by words and patterns, the first that fits", function()
  local file = write [[return {
    { name = "long", patterns = { "%a%a%a%a%a+" } },
    { name = "The", words = { "The" }, case = true },
    { name = "doctors", words = { "DOCTOR", "she" } },
  }]]
  local ui <close> = open()
  ui:command("classes.set", { file })
  local of, names = ui:classes()
  w.list(names, { "long", "The", "doctors" })
  w.list(of, { 2, 1, 1, 0, 1, 0, 1, 0, 3, 0, 0, 0, 0, 0 })
  w.type_and_run(ui, "The nurse and the doctor")
  w.list((ui:classes()), { 2, 1, 0, 0, 1 }, "another text")
  os.remove(file)
  w.type_and_run(ui, "The nurse")
  w.equal(ui:state().error ~= nil, true, "a file that went is said")
  w.equal(#ui:classes(), 0)
end)

w.check("a word has one class whatever its pieces", function()
  local file = write [[return { { name = "odd", words = { "zymurgically" } } }]]
  local ui <close> = open { text = "zymurgically." }
  ui:command("classes.set", { file })
  local of = ui:classes()
  for i = 1, #of - 1 do w.equal(of[i], 1, "piece " .. i) end
  w.equal(of[#of], 0, "the full stop")
  w.equal(#of > 3, true, "several pieces")
  os.remove(file)
end)

w.check("in a comparison tokens of both texts are marked, of the difference too, and the legend has the classes of both", function()
  local ui <close> = hs.ui.open { text = "The doctor left. She", size = { 1280, 700 }, dock = false }
  ui:wait()
  ui:command "view.head"
  ui:key "u"
  ui:command("compare.text", { "The doctor left Mary. He" })
  ui:wait()
  w.list(legend(ui), { "pronoun", "occupation", "name", "punctuation" })
  local function marked(prefix, n)
    local found = {}
    for i = 0, n - 1 do found[i + 1] = #lines_under(ui, prefix .. "query", i) end
    return found
  end
  w.list(marked("", 5), { 0, 1, 0, 1, 1 })
  w.list(marked("2:", 6), { 0, 1, 0, 1, 1, 1 })
  w.equal(lines_under(ui, "2:query", 5)[1], lines_under(ui, "query", 4)[1], "one colour a class in both")
  ui:command("shown.set", { "difference" })
  ui:wait()
  w.list(marked("", 6), { 0, 1, 0, 1, 1, 1 })
  ui:command("compare.text", { "The doctor left the room. He" })
  ui:wait()
  w.list(legend(ui), { "pronoun", "occupation", "punctuation" }, "another second text")
  ui:command "words.toggle"
  ui:wait()
  w.list(marked("", 7), { 0, 1, 0, 0, 0, 1, 1 })
  ui:key "u"
  w.list(marked("", 7), { 0, 0, 0, 0, 0, 0, 0 })
  w.equal(#marked("2:", 7), 7)
  ui:command "compare.close"
  ui:key "u"
  w.list(legend(ui), { "pronoun", "occupation", "punctuation" })
end)

w.check("what is wrong with a file is said, and nothing changes", function()
  local cases = {
    { "return 7", "expected a table of classes, found a number" },
    { "return {}", "expected 1 to 8 classes, found 0" },
    { "return {1}", "[1]: expected a table, found a number" },
    { "return {{}}", "[1].name: expected a string of 1 to 31 bytes" },
    { "return {{name=3}}", "[1].name" },
    { ("return {{name=%q}}"):format(("x"):rep(32)), "[1].name" },
    { "return {{name='a', word={}}}", "expected name, words, patterns or case, found word" },
    { "return {{name='a', words=7}}", "[1].words: expected a list of strings, found a number" },
    { "return {{name='a', words={'x', {}}}}", "[1].words[2]: expected a string, found a table" },
    { "return {{name='a', patterns={'['}}}", "malformed pattern" },
    { "return {{name='a', case=1}}", "[1].case: expected true or false" },
    { "return {{name='a'},", "line:1:" },
    { "while true do end", "something that does not end" },
    { "local s = 'x' while true do s = s .. s end", "not enough memory" },
    { "return os.exit(3)", "line:1:" },
    { "\27Lua", "binary" },
    { "", "expected a table of classes, found a nil" },
  }
  local nine = {}
  for i = 1, 9 do nine[i] = ("{name='c%d'}"):format(i) end
  cases[#cases + 1] = { "return {" .. table.concat(nine, ",") .. "}", "expected 1 to 8 classes, found 9" }
  local ui <close> = open()
  ui:key "u"
  for _, case in ipairs(cases) do
    local file = write(case[1])
    w.raises(case[2], ui.command, ui, "classes.set", { file })
    os.remove(file)
    w.equal(ui:state().classes, "default", case[1])
  end
  w.raises("/no/such", ui.command, ui, "classes.set", { "/no/such/classes.lua" })
  w.raises("at most 511 bytes", ui.command, ui, "classes.set", { ("x"):rep(600) })
end)

w.check("they are saved, and in figures", function()
  local folder <const>, gone <close> = files.folder()
  local one = open { state_dir = folder }
  one:key "u"
  one:command("figure.save", { folder .. "/f.png" })
  one:close()
  local two <close> = hs.ui.open { state_dir = folder, size = { 900, 700 } }:wait()
  w.equal(two:state().classes, "default")
  w.equal(#two:classes() > 0, true)
  local three <close> = hs.ui.open { figure = folder .. "/f.png" }:wait()
  w.equal(three:state().classes, "default")
  w.equal(three:find "legend" ~= nil, true)
end)

w.finish()
