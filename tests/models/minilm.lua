-- all-MiniLM-L6-v2 (6 layers, 12 heads) against ids and patterns recorded from Hugging Face transformers by
-- tests/make/minilm_patterns.py: single sentences and pairs, every head of every layer.
local hs = require "headscope"

local model = assert(hs.load(arg[1]))
local folder = assert(os.getenv "FIXTURES") .. "/minilm/"
local file = assert(io.open(folder .. "cases.json"))
local cases = hs.json.decode(file:read "a")
file:close()

local patterns = hs.tensors(folder .. "patterns.safetensors")
local tolerance = 1e-5
for i, case in ipairs(cases) do
  local run = model:run(case.text, { pair = case.pair, keep = { "pattern" }, logits = false })
  assert(#run.ids == #case.ids, "case " .. i .. ": number of tokens")
  for j, id in ipairs(case.ids) do assert(run.ids[j] == id, "case " .. i .. ": id at " .. j - 1) end
  local difference = (run:attention() - patterns["pattern" .. i - 1]):abs():max()
  print(string.format("%-60s largest difference %.2g", case.text:sub(1, 56), difference))
  assert(difference <= tolerance, string.format("case %d: pattern differs by %g", i, difference))
end
assert(#cases >= 4)
