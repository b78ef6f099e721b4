-- Edited runs of the tiny checkpoints against transformers with hooks (tests/make/edited_runs.py), within 1e-4 times
-- the larger of 1 and the largest number.
local hs = require "headscope"

local fixtures = os.getenv "FIXTURES" .. "/tiny/"
local expected, _, notes = assert(hs.tensors(fixtures .. "edited.safetensors"))
local cases, ids = hs.json.decode(notes.cases), hs.json.decode(notes.ids)
local other, types = hs.json.decode(notes.other), hs.json.decode(notes.token_types)

local function shown(edits)
  local words = {}
  for i, edit in ipairs(edits) do words[i] = type(edit) == "string" and edit or edit.at .. " patch" end
  return table.concat(words, ", ")
end

local function check(what, found, wanted)
  assert(table.concat(found.shape, " ") == table.concat(wanted.shape, " "), what)
  local worst, scale = (found - wanted):abs():max(), math.max(1, wanted:abs():max())
  assert(worst <= 1e-4 * scale, ("%s: differs by %g, of %g"):format(what, worst, scale))
  return worst / scale
end

for _, name in ipairs { "gpt2", "bert" } do
  local model <close> = assert(hs.load(fixtures .. name))
  local token_types = name == "bert" and types or nil
  local from <close> = model:run(other, { keep = "all", token_types = token_types })
  local last, worst = "resid_post" .. model.config.n_layers - 1, 0
  for i, edits in ipairs(cases[name]) do
    for _, edit in ipairs(edits) do
      if type(edit) == "table" then edit.from = from end
    end
    local run <close> = model:run(ids, { keep = { last }, edits = edits, token_types = token_types })
    for what, found in pairs { resid_post = run:get(last), logits = run:logits() } do
      local called = ("%s: %s: %s"):format(name, shown(edits), what)
      worst = math.max(worst, check(called, found, expected[("%s.%d.%s"):format(name, i - 1, what)]))
    end
  end
  assert(#cases[name] > 30)
  print(("%s: %d cases, at most %.1e apart"):format(name, #cases[name], worst))
end
