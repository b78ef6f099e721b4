-- The numbers of a head on the clipboard.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises

--- The table as lists of fields.
local function fields(text)
  local rows = {}
  for line in text:gmatch "([^\n]*)\n" do
    local row = {}
    for field in (line .. "\t"):gmatch "([^\t]*)\t" do row[#row + 1] = field end
    rows[#rows + 1] = row
  end
  return rows
end

check("ctrl+C copies the shown head's weights", function()
  local model = assert(hs.load "novella")
  local run = model:run "The doctor asked.\tShe"
  local ui <close> = w.open("novella", { text = "The doctor asked.\tShe" })
  ui:command("head.select", { 4, 2 })
  ui:key "ctrl+c"
  assert(w.says(ui, "copied head 2.4"))
  local rows, weights = fields(ui:clipboard()), run:attention(2, 4)
  equal(#rows, run.n_tokens + 1)
  for i = 1, run.n_tokens do
    equal(rows[1][i + 1], (run.tokens[i]:gsub("\t", "\\t")))
    equal(rows[i + 1][1], (run.tokens[i]:gsub("\t", "\\t")))
    equal(#rows[i + 1], run.n_tokens + 1)
    for j = 1, run.n_tokens do
      assert(math.abs(tonumber(rows[i + 1][j + 1]) - weights:at(i - 1, j - 1)) < 1e-8)
    end
  end
end)

check("under a filter only its part is copied", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("filter.set", { "ab" })
  ui:command "copy.numbers"
  local rows = fields(ui:clipboard())
  equal(#rows, 5)
  equal(#rows[2], 5)
end)

check("in a comparison the numbers are those of what the active view shows", function()
  local model = assert(hs.load "novella")
  local first, second = model:run("She left. He", {}), model:run("She left now. He", {})
  local ui <close> = w.open("novella", { text = first.text })
  ui:command("head.select", { 4, 2 })
  ui:command("compare.text", { second.text })
  ui:wait()
  local place = {}
  for i, run in ipairs { first, second } do
    local tokens = run.tokens
    for j, token in ipairs(tokens) do place[token] = place[token] or {}; place[token][i] = j - 1 end
    ui:command("shown.set", { i == 1 and "run" or "second" })
    ui:command "copy.numbers"
    local rows = fields(ui:clipboard())
    equal(#rows, #tokens + 1)
    for q = 1, #tokens do
      assert(math.abs(tonumber(rows[q + 1][2]) - run:attention(2, 4):at(q - 1, 0)) < 1e-8)
    end
  end
  ui:command("shown.set", { "difference" })
  ui:wait()
  ui:command "copy.numbers"
  assert(w.says(ui, "copied head 2.4 of the difference"))
  local rows, n = fields(ui:clipboard()), 0
  for q = 2, #rows do
    for k = 2, #rows[1] do
      local query, key = place[rows[q][1]], place[rows[1][k]]
      if query and key and query[1] and query[2] and key[1] and key[2] then
        local more = second:attention(2, 4):at(query[2], key[2]) - first:attention(2, 4):at(query[1], key[1])
        assert(math.abs(tonumber(rows[q][k]) - more) < 1e-6)
        n = n + 1
      else
        equal(rows[q][k], "", "only one of both has it")
      end
    end
  end
  equal(n, first.n_tokens ^ 2 // 1)
end)

check("nothing shown: nothing copied", function()
  local ui <close> = hs.ui.open { model = "novella", text = "" }
  ui:wait()
  raises("nothing shown", ui.command, ui, "copy.numbers")
  equal(ui:clipboard(), nil)
end)

w.finish()
