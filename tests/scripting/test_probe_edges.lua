-- Probes of edges: the places that are as asked, against every pattern looked through by hand.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"

local model = assert(hs.load "novella")

local function refused(fields, message) w.raises(message, hs.probe, fields) end

local function edge(fields)
  local all = { id = "mine", kind = "edge", weight = { 0.3 } }
  for name, value in pairs(fields) do all[name] = value end
  return all
end

w.check("an edge probe has fields of its own", function()
  refused(edge { score = print }, "probe mine: score: expected one of distance, doc, heads, id, input, keep, key, kind, name")
  refused(edge { weight = {} }, "weight: expected { from, to }, found none of them")
  refused(edge { weight = { 0.5, 0.4 } }, "weight: expected from <= to, found 0.5, 0.4")
  refused(edge { distance = { "near" } }, "distance: expected two numbers, found near")
  refused(edge { distance = { 1, 2, 3 } }, "distance: expected { from, to }, found a field 3")
  refused(edge { query = " She" }, "query: expected a function, found a string")
  refused(edge { heads = {} }, "heads: expected names of heads, found none")
  refused({ id = "mine", kind = "edge" }, "weight: expected a range, or one of distance, query and key, found none")
  local probe = hs.probe(edge { heads = { "9.0" } })
  w.raises("layer: expected 0 to 5, found 9", probe.ask, probe, model, { text = "The doctor" })
end)

w.check("edges are all places that are as asked, in order", function()
  local text = "The doctor asked the nurse a question. She asked the doctor."
  local function capital(token) return token.text:find "%u" ~= nil end
  local probe = hs.probe(edge {
    weight = { 0.05, 0.9 },
    distance = { 1, 5 },
    heads = { "L3H1", "0.2", { layer = 2, head = 5 }, "0.2" },
    params = { from = { 4, min = 0 } },
    query = function(token, p) return token.position >= p.from end,
    key = function(token) return not capital(token) end,
  })
  local run <close> = model:run(text)
  local n, edges = 0, probe:apply(run, probe:values { from = 5 })
  for _, name in ipairs { "0.2", "2.5", "3.1" } do
    local pattern = run:attention(name)
    for query = 5, run.n_tokens - 1 do
      for key = math.max(0, query - 5), query - 1 do
        local weight = pattern:at(query, key)
        if weight >= 0.05 and weight <= 0.9 and not capital(run:token(key)) then
          n = n + 1
          local found = edges[n]
          w.equal(("%d.%d"):format(found.layer, found.head), name)
          w.list({ found.query, found.key, found.weight }, { query, key, weight })
          w.equal(found.query_text .. found.key_text, run.tokens[query + 1] .. run.tokens[key + 1])
        end
      end
    end
  end
  w.equal(#edges, n)
  w.equal(n > 10, true)
  w.equal(#probe:ask(model, { text = text, params = { from = 5 } }).rows, n)
  w.equal(#probe:ask(model, { run = run, params = { from = 5 } }).rows, n)
end)

w.check("a causal mask hides keys from edges", function()
  local n = #hs.probe(edge({ weight = { 0 } })):ask(model, { ids = { 1, 2, 3 } }).rows
  w.equal(n, 36 * 6)
  local bert = assert(hs.load(os.getenv "FIXTURES" .. "/tiny/bert"))
  local all = hs.probe(edge({ weight = { 0 }, distance = { nil, -1 } })):ask(bert, { ids = { 1, 2, 3 } }).rows
  w.equal(#all, bert.config.n_layers * bert.config.n_heads * 3)
end)

w.check("one predicate is enough", function()
  local fields = { id = "mine", kind = "edge", key = function(token) return token.position == 1 end }
  w.equal(#hs.probe(fields):ask(model, { ids = { 1, 2, 3 } }).rows, 36 * 2)
end)

w.check("predicates see each token once", function()
  local seen = {}
  local probe = hs.probe(edge {
    weight = { 0 },
    query = function(token)
      seen[#seen + 1] = token.position
      return true
    end,
  })
  probe:ask(model, { ids = { 1, 2, 3 } })
  w.list(seen, { 0, 1, 2 })
end)

w.finish()
