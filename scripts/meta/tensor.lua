---@meta _
--- Tensors: strided views of 32-bit floats. Axes count from 0, negative from the end.

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

---@return headscope.Tensor
function tensor:erf() end

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

--- Of an even number the mean of the two in the middle.
---@param axis? integer
---@param keep? boolean keep the axis, with length 1
---@return headscope.Tensor|number
function tensor:median(axis, keep) end

---@param axis? integer
---@return headscope.Tensor
function tensor:softmax(axis) end

--- Where numbers lie in a range, in C order; of the last two axes only where row minus column lies in another.
---@param from? number bounds are included; nil: none
---@param to? number
---@param near? number
---@param far? number
---@return headscope.Tensor indices [n, rank]
---@return headscope.Tensor numbers [n]
function tensor:places(from, to, near, far) end

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

--- Of square matrices [.., n, n], largest first by size.
---@return headscope.Tensor real [.., n]
---@return headscope.Tensor imaginary [.., n]
function tensor:eigenvalues() end

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
