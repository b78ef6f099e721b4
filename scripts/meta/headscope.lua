---@meta headscope
--- What module `headscope` holds, for editors and for readers. Nothing here runs; a test compares it with the
--- module. Numbers that name a part of a model or of a tensor count from 0, sequences from 1.

---@class headscope
---@field version string
---@field json headscope.json
---@field ui headscope.ui
local hs = {}

--- A folder, a file, a model shipped in models/ by its name, or a name in the Hugging Face cache.
---@param name string
---@return headscope.Model? model
---@return string? message what went wrong
function hs.load(name) end

--- The tensors of a safetensors file by their names, the types of those that cannot be read, and its metadata.
---@param file string
---@return table<string, headscope.Tensor>? tensors
---@return table<string, string>|string others or what went wrong
---@return table<string, string>? notes
function hs.tensors(file) end

--- Writes tensors and notes to a safetensors file; the same tables give the same bytes.
---@param file string
---@param tensors table<string, headscope.Tensor>
---@param notes? table<string, string>
---@return boolean? done
---@return string? message
function hs.save_tensors(file, tensors, notes) end

--- A new tensor of a list of numbers, or of lists in lists.
---@param lists table
---@return headscope.Tensor
function hs.tensor(lists) end

---@param shape integer[]
---@return headscope.Tensor
function hs.zeros(shape) end

--- `a` where `condition` is not 0, else `b`.
---@param condition headscope.Tensor
---@param a headscope.Tensor|number
---@param b headscope.Tensor|number
---@return headscope.Tensor
function hs.where(condition, a, b) end

--- A PNG file as a tensor [height, width, 3], 0 to 255.
---@param file string
---@return headscope.Tensor? pixels
---@return string? message
function hs.picture(file) end

--- Writes a tensor [height, width, 3], 0 to 255, as a PNG file.
---@param file string
---@param pixels headscope.Tensor
---@return boolean? done
---@return string? message
function hs.save_picture(file, pixels) end

--- The names in a folder, sorted, without hidden ones; folders end in a slash.
---@param folder string
---@return string[]? names
---@return string? message
function hs.files(folder) end

--- Makes a folder; one that is there is fine.
---@param folder string
---@return boolean? done
---@return string? message
function hs.make_folder(folder) end

--- A probe of its fields; see docs/probes.md.
---@param fields table
---@return headscope.Probe
function hs.probe(fields) end

--- `n` random tokens given twice, none of them special, the same for a seed on every machine.
---@param model headscope.Model
---@param n integer
---@param seed integer
---@param bos? integer id to put in front
---@return integer[] ids
function hs.repeated(model, n, seed, bos) end

---@class headscope.json
---@field null userdata stands for null
local json = {}

---@param value any
---@return string
function json.encode(value) end

---@param text string
---@return any value
---@return string? message
function json.decode(text) end

--- Marks an empty table as an object: encode writes {} for it, not [].
---@param t table
---@return table t
function json.object(t) end

---@class headscope.Model
---@field config table<string, any> numbers under Hugging Face's and TransformerLens's names
---@field name string
---@field path string
---@field hash string over names and bytes of all tensors
---@field special_ids integer[]
local model = {}

---@class headscope.EncodeOptions
---@field pair? string a second sentence
---@field special? boolean add the tokens that the model's tokenizer adds (default: true)
---@field bos? boolean put the BOS token in front (default: false)

---@param text string
---@param options? headscope.EncodeOptions
---@return integer[] ids
---@return integer[] token_types
---@return { start: integer, stop: integer }[] places in bytes of their sentence
function model:encode(text, options) end

---@param ids integer[]
---@return string
function model:decode(ids) end

---@class headscope.RunOptions
---@field pair? string a second sentence, beside a text
---@field token_types? integer[] beside ids
---@field bos? boolean put the BOS token in front (default: false)
---@field keep? string[]|string names of activations, or "all" (default: pattern, q, k)
---@field logits? "last"|"all"|false

---@param input string|integer[]
---@param options? headscope.RunOptions
---@return headscope.Run
function model:run(input, options) end

function model:close() end

---@class headscope.Run
---@field text string
---@field pair? string
---@field ids integer[]
---@field token_types integer[]
---@field tokens string[] as shown
---@field pieces string[] as in the vocabulary
---@field n_tokens integer
---@field bos boolean
---@field seconds number
---@field model headscope.Model
local run = {}

---@class headscope.Token
---@field text string
---@field piece string
---@field id integer
---@field type integer
---@field start integer first byte in its sentence
---@field stop integer the byte after its last
---@field sentence integer 0, 1, or -1 for an added special token
---@field special boolean

---@param i integer position, from 0, negative from the end
---@return headscope.Token
function run:token(i) end

--- Full names of what was kept.
---@return string[]
function run:names() end

--- A full name, a short one with its layer ("q2"), or without: all layers in front.
---@param name string
---@return headscope.Tensor
function run:get(name) end

--- [layer, head, query, key], [head, query, key] or [query, key].
---@param layer? integer|string|{ layer: integer, head: integer } a layer, or a head as "5.10"
---@param head? integer
---@return headscope.Tensor
function run:attention(layer, head) end

--- Of the last position, or of all with logits = "all"; with `i` one row.
---@param i? integer position, negative from the end
---@return headscope.Tensor
function run:logits(i) end

function run:close() end

---@class headscope.Tensor
---@field shape integer[]
---@field rank integer number of axes
---@operator add(headscope.Tensor|number): headscope.Tensor
---@operator sub(headscope.Tensor|number): headscope.Tensor
---@operator mul(headscope.Tensor|number): headscope.Tensor
---@operator div(headscope.Tensor|number): headscope.Tensor
---@operator pow(headscope.Tensor|number): headscope.Tensor
---@operator unm: headscope.Tensor
---@operator len: integer
---@field [integer] headscope.Tensor|number
local tensor = {}

---@param ... integer an index for each of the first axes
---@return headscope.Tensor|number
function tensor:at(...) end

--- Writes one number into a tensor that is not read-only.
---@param ... number indices, then the value
function tensor:set(...) end

---@param axis integer
---@param from integer
---@param to integer excluded
---@return headscope.Tensor view
function tensor:slice(axis, from, to) end

---@param axis integer
---@param i integer
---@return headscope.Tensor view
function tensor:select(axis, i) end

---@param a integer
---@param b integer
---@return headscope.Tensor view
function tensor:transpose(a, b) end

--- Of the last two axes.
---@param offset? integer
---@return headscope.Tensor view
function tensor:diagonal(offset) end

---@param ... integer|integer[]
---@return headscope.Tensor
function tensor:reshape(...) end

---@return headscope.Tensor
function tensor:contiguous() end

---@param other headscope.Tensor|number
---@return headscope.Tensor ones and zeros
function tensor:lt(other) end

---@param other headscope.Tensor|number
---@return headscope.Tensor
function tensor:le(other) end

---@param other headscope.Tensor|number
---@return headscope.Tensor
function tensor:gt(other) end

---@param other headscope.Tensor|number
---@return headscope.Tensor
function tensor:ge(other) end

---@param other headscope.Tensor|number
---@return headscope.Tensor
function tensor:eq(other) end

---@return headscope.Tensor
function tensor:abs() end

---@return headscope.Tensor
function tensor:exp() end

---@return headscope.Tensor
function tensor:log() end

---@return headscope.Tensor
function tensor:sqrt() end

---@return headscope.Tensor
function tensor:tanh() end

--- Along one axis, or without one over all numbers: then a number.
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:sum(axis, keep) end

---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:mean(axis, keep) end

---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:max(axis, keep) end

---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:min(axis, keep) end

---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:argmax(axis, keep) end

---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:argmin(axis, keep) end

---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:std(axis, keep) end

---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:norm(axis, keep) end

--- In nats.
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:entropy(axis, keep) end

---@param axis? integer
---@return headscope.Tensor
function tensor:softmax(axis) end

--- The k largest of each line of the last axis.
---@param k integer
---@return headscope.Tensor values
---@return headscope.Tensor indices
function tensor:topk(k) end

---@param axis? integer
---@param descending? boolean
---@return headscope.Tensor values
---@return headscope.Tensor indices
function tensor:sort(axis, descending) end

---@param other headscope.Tensor
---@return headscope.Tensor
function tensor:matmul(other) end

--- Pearson's.
---@param other headscope.Tensor
---@param axis? integer
---@return headscope.Tensor|number
function tensor:correlation(other, axis) end

--- As hs.where, with this tensor as the condition.
---@param a headscope.Tensor|number
---@param b headscope.Tensor|number
---@return headscope.Tensor
function tensor:where(a, b) end

--- Lists in lists.
---@return table
function tensor:totable() end

function tensor:close() end

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
---@field state_dir? string a folder: what was saved there is restored, and saved again

--- The window without a display.
---@param options? headscope.UiOptions
---@return headscope.Window
function ui.open(options) end

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

--- What scripts find in a window's console, beside the standard library.
---@class headscope.ConsoleGlobals
---@field hs headscope the module
---@field model headscope.Model? the open one
---@field run headscope.Run? the finished run that is shown
---@field view headscope.Window the window itself

return hs
