-- Pictures of a recorded run: the same bits on every machine that draws with the same fonts.
local t = require "headscope.test"
local hs = require "headscope"

for _, view in ipairs { "model", "head", "neuron", "matrix" } do
  t.test("the " .. view .. " view of a sentence pair", function()
    local ui <close> = hs.ui.open { model = "minilm-pair", size = { 640, 480 } }
    ui:wait()
    ui:command("view." .. view)
    t.image(ui, t.golden(view))
  end)
end
