---@meta _
--- hs.ui: the window without a display.

---@class headscope.ui
local ui = {}

---@class headscope.UiOptions
---@field model? string
---@field text? string
---@field pair? string
---@field split? boolean two views beside each other
---@field size? integer[] width, height
---@field scale? number
---@field theme? "dark"|"light"
---@field figure? string a PNG, SVG or PDF to restore the view from
---@field dock? boolean whether the dock shows, in a window wide enough; default true
---@field probe? string the active probe's id
---@field probes_dir? string the folder of the user's probes
---@field state_dir? string a folder: what was saved there is restored, and saved again

--- The window without a display.
--- ```lua
--- local other <close> = hs.ui.open { model = "novella", text = "The doctor", size = { 640, 400 } }:wait()
--- print(other:state().view) --> model
--- ```
---@param options? headscope.UiOptions
---@return headscope.Window
function ui.open(options) end
