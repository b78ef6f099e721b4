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
--- ```lua
--- window:move(300, 200)
--- print(window:find "text" ~= nil) --> true
--- ```
---@param x number
---@param y number
function window:move(x, y) end

--- A click of a button, or two.
--- ```lua
--- local tab = window:find "tab.head"
--- window:click(tab.x + tab.w / 2, tab.y + tab.h / 2)
--- print(window:state().view) --> head
--- ```
---@param x number
---@param y number
---@param press? headscope.Press
function window:click(x, y, press) end

--- A button goes down.
--- ```lua
--- local tab = window:find "tab.matrix"
--- window:press(tab.x + 5, tab.y + 5)
--- window:release(tab.x + 5, tab.y + 5)
--- print(window:state().view) --> matrix
--- ```
---@param x number
---@param y number
---@param press? headscope.Press
function window:press(x, y, press) end

--- A button goes up.
--- ```lua
--- window:press(300, 300)
--- window:release(300, 300)
--- ```
---@param x number
---@param y number
function window:release(x, y) end

--- ```lua
--- window:move(300, 300)
--- window:wheel(0, -1)
--- ```
---@param dx number
---@param dy number positive is away from the user
---@param held? { shift?: boolean, ctrl?: boolean }
function window:wheel(dx, dy, held) end

--- ```lua
--- window:key "2"
--- print(window:state().view) --> head
--- ```
---@param name string "ctrl+f"
function window:key(name) end

--- Text as it is typed.
--- ```lua
--- local text = window:find "text"
--- window:click(text.x + 5, text.y + 5)
--- window:key "ctrl+a"
--- window:type "She asked\n"
--- window:wait()
--- print(window:state().text) --> She asked
--- ```
---@param text string a "\n" in it is the Enter key
function window:type(text) end

--- ```lua
--- window:compose ""
--- ```
---@param text string what an input method puts together; "" for nothing any more
function window:compose(text) end

--- ```lua
--- window:resize(800, 600)
--- print(window:pixels().shape[2]) --> 800
--- ```
---@param width number
---@param height number
function window:resize(width, height) end

--- A file is let go over the window.
--- ```lua
--- window:drop "/no/such/file"
--- ```
---@param path string
function window:drop(path) end

--- Until no job is pending.
--- ```lua
--- print(window:wait():state().busy) --> false
--- ```
function window:wait() end

--- Lets time pass.
--- ```lua
--- window:step(0.5)
--- ```
---@param seconds number
function window:step(seconds) end

--- The text on the window's clipboard.
--- ```lua
--- window:command "copy.numbers"
--- print(window:clipboard() ~= nil) --> true
--- ```
---@return string?
function window:clipboard() end

--- The numbers that the token strip shows, NaN for none, and its title; or nil and why there are none. With 2 those
--- above the right one of two views. With a name and numbers, one for each token, it shows these.
--- ```lua
--- window:command "view.head"
--- window:command("strip.set", { "logprob" })
--- window:wait()
--- print(window:strip().shape[1]) --> 3
--- ```
---@param name? string|integer
---@param numbers? headscope.Tensor
---@return headscope.Tensor?, string?
function window:strip(name, numbers) end

--- The class of each token, counted from 1, 0 for none, and the names of the classes.
--- ```lua
--- window:command("classes.set", { "default" })
--- print(window:classes()[2]) --> 2
--- ```
---@return integer[], string[]
function window:classes() end

--- What keys and mouse call, by name.
--- Raises where there is no such command, or its arguments do not fit.
--- ```lua
--- window:command("layer.set", { 2 })
--- print(window:state().layer) --> 2
--- ```
---@param name string
---@param arguments? table by place or by name
function window:command(name, arguments) end

--- All of them, with what they do and their keys.
--- ```lua
--- print(window:commands()[1].name ~= nil) --> true
--- ```
---@return { name: string, doc: string, keys: string, parameters: table }[]
function window:commands() end

--- Where the visible part of an element is.
--- Nil for what does not show.
--- ```lua
--- print(window:find "text".h > 10, window:find "nothing") --> true	nil
--- ```
---@param id string
---@return headscope.Rect?
function window:find(id) end

--- Where the view is.
--- ```lua
--- print(window:area().w > 100) --> true
--- ```
---@return headscope.Rect
function window:area() end

--- What is selected and set; docs/lua.md lists the fields.
--- ```lua
--- print(window:state().text, window:state().theme) --> The doctor asked	dark
--- ```
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

--- What the console shows.
--- ```lua
--- print(window:console().open) --> false
--- ```
---@return headscope.Console
function window:console() end

--- The draw commands.
--- ```lua
--- print(#window:frame() > 10) --> true
--- ```
---@return table[]
function window:frame() end

--- What shows, as a PNG file; or nil and a message.
--- ```lua
--- print(window:image(file)) --> true
--- ```
---@param file string
---@return boolean? written
---@return string? message
function window:image(file) end

--- [height, width, 3], 0 to 255.
--- ```lua
--- print(table.concat(window:pixels().shape, " ")) --> 800 1280 3
--- ```
---@return headscope.Tensor
function window:pixels() end

--- Ends the window.
--- ```lua
--- local other = hs.ui.open { text = "" }
--- other:close()
--- print(pcall(other.state, other)) --> false	ui is closed
--- ```
function window:close() end
