---@meta _
--- A window of hs.ui. Lengths are logical pixels.

---@class headscope.Window
local window = {}

---@class headscope.Rect
---@field x number
---@field y number
---@field w number
---@field h number

---@class headscope.Press
---@field button? "left"|"middle"|"right"
---@field clicks? integer
---@field shift? boolean
---@field ctrl? boolean

--- In logical pixels, as everything here.
---@param x number
---@param y number
function window:move(x, y) end

---@param x number
---@param y number
---@param press? headscope.Press
function window:click(x, y, press) end

---@param x number
---@param y number
---@param press? headscope.Press
function window:press(x, y, press) end

---@param x number
---@param y number
function window:release(x, y) end

---@param dx number
---@param dy number positive is away from the user
---@param held? { shift?: boolean, ctrl?: boolean }
function window:wheel(dx, dy, held) end

---@param name string "ctrl+f"
function window:key(name) end

---@param text string a "\n" in it is the Enter key
function window:type(text) end

---@param text string what an input method puts together; "" for nothing any more
function window:compose(text) end

---@param width number
---@param height number
function window:resize(width, height) end

---@param path string
function window:drop(path) end

--- Until no job is pending.
function window:wait() end

--- Lets time pass.
---@param seconds number
function window:step(seconds) end

--- The text on the window's clipboard.
---@return string?
function window:clipboard() end

--- The numbers that the token strip shows, NaN for none, and its title; or nil and why there are none. With a name
--- and numbers, one for each token, it shows these.
---@param name? string
---@param numbers? headscope.Tensor
---@return headscope.Tensor?, string?
function window:strip(name, numbers) end

--- The class of each token, counted from 1, 0 for none, and the names of the classes.
---@return integer[], string[]
function window:classes() end

--- What keys and mouse call, by name.
---@param name string
---@param arguments? table by place or by name
function window:command(name, arguments) end

---@return { name: string, doc: string, keys: string, parameters: table }[]
function window:commands() end

--- Where the visible part of an element is.
---@param id string
---@return headscope.Rect?
function window:find(id) end

--- Where the view is.
---@return headscope.Rect
function window:area() end

---@return table
function window:state() end

---@class headscope.Line
---@field kind "code"|"text"|"note"|"error"
---@field text string

---@class headscope.Console
---@field open boolean
---@field height number
---@field running boolean a script
---@field input string what is being written
---@field lines headscope.Line[] what it said, oldest first

---@return headscope.Console
function window:console() end

--- The draw commands.
---@return table[]
function window:frame() end

---@param file string
---@return boolean? written
---@return string? message
function window:image(file) end

--- [height, width, 3], 0 to 255.
---@return headscope.Tensor
function window:pixels() end

function window:close() end
