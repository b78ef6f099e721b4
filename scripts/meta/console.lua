---@meta _

--- What scripts find in a window's console, beside the standard library.
---@class headscope.ConsoleGlobals
---@field hs headscope the module
---@field model headscope.Model? the open one
---@field run headscope.Run? the finished run that is shown
---@field view headscope.Window the window itself
