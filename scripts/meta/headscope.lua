---@meta headscope
--- What module `headscope` holds, for editors and for readers: one file a type. Nothing here runs; a test compares
--- these files with the module. Numbers that name a part of a model or of a tensor count from 0, sequences from 1.

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

--- 0, 1, … n-1.
---@param n integer
---@return headscope.Tensor
function hs.range(n) end

--- Tensors of one shape, with a new first axis.
---@param tensors headscope.Tensor[]
---@return headscope.Tensor
function hs.stack(tensors) end

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

return hs
