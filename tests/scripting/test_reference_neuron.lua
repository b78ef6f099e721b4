-- The neuron view, interaction by interaction: what is drawn is computed here from the recorded numbers.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w, ref = require "window", require "reference"
local check, equal, list, lines = w.check, w.equal, w.list, w.lines
local dark = ref.ground.dark

local LAYER, HEAD, QUERY = 2, 11, 13
local pattern, queries, keys = ref.pattern(LAYER, HEAD), ref.queries(LAYER, HEAD), ref.keys(LAYER, HEAD)

local function collapsed(options)
  local ui = ref.open("neuron", LAYER, options)
  ref.only(ui, HEAD)
  return ui
end

--- Expanded, with the token selected, nothing hovered.
local function expanded(options)
  local ui = collapsed(options)
  ui:command("neuron.expand", { QUERY })
  w.leave(ui)
  return ui
end

local function tanh(x) return (math.exp(2 * x) - 1) / (math.exp(2 * x) + 1) end

--- q and k element by element, and their sum over the root of the head's width.
local function product(key) return queries[QUERY] * keys[key] end
local function score(key) return product(key):sum() / math.sqrt(ref.d_head) end

--- Each cell of a strip has its value's sign as colour and tanh(|v| / 4) as opacity.
local function check_strip(ui, pixel, id, values, ground)
  local strip = assert(ui:find(id), id)
  for d = 0, ref.d_head - 1 do
    local value = values:at(d)
    local color = value < 0 and ground.negative or ground.positive
    local found = pixel(strip.x + (d + 0.5) * strip.w / ref.d_head, strip.y + strip.h / 2)
    ref.same_color(found, ref.over(ground.bg, color, tanh(math.abs(value) / 4)), id .. " cell " .. d)
  end
end

--- Boxes that lie in a key's row, by `what` and colour.
local function in_row(ui, key, what, color)
  local cell, found = ui:find("key." .. key), {}
  for _, box in ipairs(ref.boxes(ui, what, color)) do
    local middle = box.rect[2] + box.rect[4] / 2
    if math.abs(middle - cell.y - cell.h / 2) < 1 and box.rect[1] > 400 then found[#found + 1] = box end
  end
  return found
end

check("3.1 expansion survives layer, head and part, and with it the selected token; the hovered one does not", function()
  local ui <close> = expanded()
  w.move(ui, "query.4")
  ui:command("layer.set", { 4 })
  equal(ui:state().expanded, true)
  equal(ui:state().hover, nil)
  ui:command("head.select", { 3 })
  equal(ui:state().expanded, true)
  ui:command("filter.set", { "ba" })
  equal(ui:state().expanded, true)
  assert(ui:find "strip.q.0")
end)

check("3.2 lines: the attention colour, opacity the plain weight, alone and at rest", function()
  local ui <close> = collapsed()
  equal(#lines(ui).planes, 1)
  equal(ref.read_color(lines(ui).planes[1].color), dark.accent)
  equal(lines(ui).planes[1].gain, 1)
  w.move(ui, "query.13")
  equal(lines(ui).planes[1].gain, 1)
end)

check("3.2 hover a left token: lit, only its lines, each key filled with the weight's opacity", function()
  for _, theme in ipairs { "dark", "light" } do
    local ground = ref.ground[theme]
    local ui <close> = collapsed { theme = theme }
    w.move(ui, "query." .. QUERY)
    equal(lines(ui).only_row, QUERY)
    local pixel, own = ref.picture(ui), ui:find("query." .. QUERY)
    ref.same_color(pixel(own.x + own.w / 2, own.y + 1), ground.raised, "the hovered cell")
    for key = 0, ref.tokens - 1 do
      local cell = ui:find("key." .. key)
      ref.same_color(pixel(cell.x + cell.w - 4, cell.y + 1), ref.over(ground.bg, ground.accent, pattern:at(QUERY, key)),
        theme .. " key " .. key)
    end
  end
end)

check("3.2 leaving the token: all back", function()
  local ui <close> = collapsed()
  local pixels = ui:pixels()
  w.move(ui, "query.5")
  w.leave(ui)
  equal((ui:pixels() - pixels):abs():max(), 0.0)
end)

check("8 fix: a right token reacts: its column, each query filled with the weight's opacity", function()
  for _, state in ipairs { "collapsed", "expanded" } do
    local ui <close> = collapsed()
    if state == "expanded" then ui:command "neuron.open" end
    w.move(ui, "key.12")
    if state == "collapsed" then equal(lines(ui).only_column, 12) end
    local pixel = ref.picture(ui)
    for query = 0, ref.tokens - 1 do
      local cell = ui:find("query." .. query)
      ref.same_color(pixel(cell.x + cell.w - 2, cell.y + 1), ref.over(dark.bg, dark.accent, pattern:at(query, 12)),
        state .. ", query " .. query)
    end
  end
end)

check("weights below the threshold fill no cell and show as left out", function()
  local ui <close> = collapsed()
  ui:command("threshold.set", { 0.1 })
  w.move(ui, "query." .. QUERY)
  local pixel = ref.picture(ui)
  for key = 0, ref.tokens - 1 do
    local cell, weight = ui:find("key." .. key), pattern:at(QUERY, key)
    ref.same_color(pixel(cell.x + cell.w - 2, cell.y + 1),
      ref.over(dark.bg, dark.accent, weight >= 0.1 and weight or 0), "key " .. key)
  end
end)

check("8 fix: the expand control can be seen without hovering, says what it does, and expands", function()
  local ui <close> = collapsed()
  for token = 0, ref.tokens - 1 do assert(ui:find("expand." .. token), "token " .. token) end
  assert(w.says(ui, "shows how q and k make the weights"))
  assert(ref.text(ui, "⊕"), "a plus beside a token")
  w.click(ui, "expand." .. QUERY)
  equal(ui:state().expanded, true)
  equal(ui:state().token, QUERY)
end)

check("3.3 the minus collapses", function()
  local ui <close> = expanded()
  assert(ref.text(ui, "⊖") and not ref.text(ui, "⊕"), "a minus beside each token")
  w.click(ui, "expand." .. QUERY)
  equal(ui:state().expanded, false)
  equal(ui:find "strip.q.0", nil)
end)

check("3.3 query strips of all left tokens, key strips of all right ones: sign as colour, tanh(|v|/4) as opacity", function()
  for _, theme in ipairs { "dark", "light" } do
    local ui <close> = expanded { theme = theme }
    local pixel = ref.picture(ui)
    for token = 0, ref.tokens - 1 do
      check_strip(ui, pixel, "strip.q." .. token, queries[token], ref.ground[theme])
      check_strip(ui, pixel, "strip.k." .. token, keys[token], ref.ground[theme])
    end
  end
end)

check("3.3 the products of the query with each key, on the same scale", function()
  local ui <close> = expanded()
  local pixel = ref.picture(ui)
  for key = 0, ref.tokens - 1 do check_strip(ui, pixel, "strip.qk." .. key, product(key), dark) end
end)

check("3.3 the products follow the hovered token and go back to the selected one", function()
  local ui <close> = expanded()
  w.move(ui, "query.6")
  check_strip(ui, ref.picture(ui), "strip.qk.3", queries[6] * keys[3], dark)
  w.leave(ui)
  check_strip(ui, ref.picture(ui), "strip.qk.3", product(3), dark)
end)

check("3.3 q.k: a square, fill tanh(|s|/4), border at least 0.35, s over the root of the width as recorded weights say", function()
  local ui <close> = expanded()
  for key = 0, ref.tokens - 1 do
    local s, found = score(key), nil
    local hue = s < 0 and dark.negative or dark.positive
    for _, command in ipairs(w.drawn(ui, "rect")) do
      local r, cell = command.rect, ui:find("key." .. key)
      local square = r[3] == r[4] and r[3] > 15 and r[3] < cell.h and math.abs(r[2] + r[4] / 2 - cell.y - cell.h / 2) < 1
      if square and command.stroke and command.fill then found = command end
    end
    assert(found, "a square for key " .. key)
    local fill, fill_opacity = ref.read_color(found.fill)
    local stroke, stroke_opacity = ref.read_color(found.stroke)
    equal(fill, hue)
    equal(stroke, hue)
    ref.near(fill_opacity, tanh(math.abs(s) / 4), "fill " .. key, 0.005)
    ref.near(stroke_opacity, math.max(tanh(math.abs(s) / 2), 0.35), "border " .. key, 0.005)
  end
  local scores = {}
  for key = 0, ref.tokens - 1 do scores[#scores + 1] = score(key) end
  assert((hs.tensor(scores):softmax(0) - pattern[QUERY]):abs():max() < 1e-5, "these scores make the weights")
end)

check("8 fix: the heading says that the sum is divided by the root of d", function()
  local ui <close> = expanded()
  assert(w.says(ui, "√d"))
end)

check("3.3 softmax: the right tokens, with a bar as long as the weight and its number", function()
  local ui <close> = expanded()
  local longest, most = 0, pattern[QUERY]:max()
  local bars = {}
  for key = 0, ref.tokens - 1 do
    local weight, shown = pattern:at(QUERY, key), ("%.3f"):format(pattern:at(QUERY, key)):gsub("^0", "")
    assert(ref.text(ui, shown), "the number " .. shown)
    for _, box in ipairs(in_row(ui, key, "fill", dark.accent)) do
      local cell = ui:find("key." .. key)
      if box.rect[1] >= cell.x + cell.w - 1 then bars[key] = box.rect[3] end
    end
    longest = math.max(longest, bars[key] or 0)
    assert(bars[key] or weight == 0, "a bar for key " .. key)
  end
  for key, width in pairs(bars) do ref.near(width / longest, pattern:at(QUERY, key) / most, "bar " .. key, 0.01) end
end)

check("3.3 connectors: opacity tanh(1.8 weight), from key to product to square to token, and the key's frame", function()
  local ui <close> = expanded()
  for key = 0, ref.tokens - 1 do
    local expected = tanh(1.8 * pattern:at(QUERY, key))
    local lines_found, frames = 0, 0
    for _, box in ipairs(in_row(ui, key, "fill", dark.accent)) do
      local thin = box.rect[4] == 2
      if thin and math.abs(box.opacity - expected) < 0.003 then lines_found = lines_found + 1 end
    end
    for _, box in ipairs(in_row(ui, key, "stroke", dark.accent)) do
      if box.width == 2 and math.abs(box.opacity - expected) < 0.003 then frames = frames + 1 end
    end
    local seen = expected > 1 / 255
    assert(not seen or lines_found >= 4, ("key %d: expected four pieces of a connector, found %d"):format(key, lines_found))
    assert(not seen or frames >= 2, ("key %d: expected frames of key and product, found %d"):format(key, frames))
  end
end)

check("3.3 token to its query strip at full opacity, and the strip in a frame", function()
  local ui <close> = expanded()
  local cell, strip, found = ui:find("query." .. QUERY), ui:find("strip.q." .. QUERY), { 0, 0 }
  for _, box in ipairs(ref.boxes(ui, "fill", dark.accent)) do
    local r = box.rect
    local here = math.abs(r[2] + 1 - cell.y - cell.h / 2) < 1 and r[1] >= cell.x + cell.w - 1 and r[1] + r[3] <= strip.x + 1
    if here and box.opacity == 1 then found[1] = found[1] + 1 end
  end
  for _, box in ipairs(ref.boxes(ui, "stroke", dark.accent)) do
    local around = math.abs(box.rect[1] - strip.x) <= 2 and math.abs(box.rect[2] - strip.y) <= 2
    if around and box.width == 2 and box.opacity == 1 then found[2] = found[2] + 1 end
  end
  list(found, { 1, 1 })
end)

check("3.3 [bug] nothing selected: strips stay, other columns are empty, and the message can be read", function()
  for theme, ground in pairs(ref.ground) do
    local ui <close> = collapsed { theme = theme }
    ui:command "neuron.open"
    w.leave(ui)
    assert(ui:find "strip.q.0" and ui:find "strip.k.0" and not ui:find "strip.qk.0", "strips")
    local message = assert(ref.text(ui, "No token selected"))
    assert(ref.contrast(ref.read_color(message.color), ground.bg) >= 4.5, theme)
  end
end)

check("3.3 a causal model: no products and squares behind the query, keys and tokens stay", function()
  local ui <close> = ref.novella("The doctor asked the nurse a question. She", "neuron")
  ui:command("neuron.expand", { 4 })
  w.leave(ui)
  for key = 0, 8 do
    equal(ui:find("strip.qk." .. key) ~= nil, key <= 4, "product with key " .. key)
    assert(ui:find("strip.k." .. key) and ui:find("key." .. key), "key " .. key)
  end
  for key = 5, 8 do equal(#in_row(ui, key, "fill", dark.accent), 0, "connectors of key " .. key) end
end)

check("3.3 filters: queries of A with keys of B, not renormalised", function()
  local ui <close> = collapsed()
  ui:command("filter.set", { "ab" })
  ui:command("neuron.expand", { 3 })
  w.leave(ui)
  local pixel = ref.picture(ui)
  check_strip(ui, pixel, "strip.q.3", queries[3], dark)
  check_strip(ui, pixel, "strip.k.4", keys[ref.first_of_b + 4], dark)
  check_strip(ui, pixel, "strip.qk.4", queries[3] * keys[ref.first_of_b + 4], dark)
  local shown = ("%.3f"):format(pattern:at(3, ref.first_of_b + 4)):gsub("^0", "")
  assert(ref.text(ui, shown), "the weight as it is in the whole, " .. shown)
end)

check("3.3 [bug] of several windows each expands its own", function()
  local one <close> = collapsed()
  local other <close> = collapsed()
  w.click(other, "expand.2")
  equal(one:state().expanded, false)
  equal(other:state().expanded, true)
  assert(not one:find "strip.q.0" and other:find "strip.q.0")
end)

w.finish()
