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

--- The number at these indices, or the part where fewer are given.
--- ```lua
--- print(t:at(1, 2), t:at(-1):sum()) --> 6.0	15.0
--- ```
---@param ... integer an index for each of the first axes
---@return headscope.Tensor|number
function tensor:at(...) end

--- Writes one number into a tensor that is not read-only.
--- ```lua
--- local zeros = hs.zeros { 2, 2 }
--- zeros:set(0, 1, 7)
--- print(zeros:sum()) --> 7.0
--- ```
---@param ... number indices, then the value
function tensor:set(...) end

--- Part of an axis. Does not clip: a bound outside raises.
--- ```lua
--- print(t:slice(1, 0, 2):sum()) --> 12.0
--- ```
---@param axis integer
---@param from integer
---@param to integer excluded
---@return headscope.Tensor view
function tensor:slice(axis, from, to) end

--- One index of an axis, which goes away.
--- ```lua
--- print(t:select(1, 2):sum()) --> 9.0
--- ```
---@param axis integer
---@param i integer
---@return headscope.Tensor view
function tensor:select(axis, i) end

--- Two axes swapped.
--- ```lua
--- print(table.concat(t:transpose(0, 1).shape, " ")) --> 3 2
--- ```
---@param a integer
---@param b integer
---@return headscope.Tensor view
function tensor:transpose(a, b) end

--- Of the last two axes.
--- ```lua
--- print(t:diagonal(1):sum()) --> 8.0
--- ```
---@param offset? integer
---@return headscope.Tensor view
function tensor:diagonal(offset) end

--- The same numbers in another shape; -1 stands for what is left. A view where that is possible.
--- ```lua
--- print(t:reshape(3, -1)[2][1]) --> 6.0
--- ```
---@param ... integer|integer[]
---@return headscope.Tensor
function tensor:reshape(...) end

--- Its numbers in order, in memory of their own where they are not.
--- ```lua
--- print(t:transpose(0, 1):contiguous():reshape(-1)[1]) --> 4.0
--- ```
---@return headscope.Tensor
function tensor:contiguous() end

--- Less than, number by number.
--- ```lua
--- print(t:lt(3):sum()) --> 2.0
--- ```
---@param other headscope.Tensor|number
---@return headscope.Tensor ones and zeros
function tensor:lt(other) end

--- Less than or equal.
--- ```lua
--- print(t:le(3):sum()) --> 3.0
--- ```
---@param other headscope.Tensor|number
---@return headscope.Tensor
function tensor:le(other) end

--- Greater than.
--- ```lua
--- print(t:gt(3):sum()) --> 3.0
--- ```
---@param other headscope.Tensor|number
---@return headscope.Tensor
function tensor:gt(other) end

--- Greater than or equal.
--- ```lua
--- print(t:ge(3):sum()) --> 4.0
--- ```
---@param other headscope.Tensor|number
---@return headscope.Tensor
function tensor:ge(other) end

--- Equal.
--- ```lua
--- print(t:eq(t):min()) --> 1.0
--- ```
---@param other headscope.Tensor|number
---@return headscope.Tensor
function tensor:eq(other) end

--- Magnitudes.
--- ```lua
--- print((-t):abs():sum()) --> 21.0
--- ```
---@return headscope.Tensor
function tensor:abs() end

--- e to the power of each.
--- ```lua
--- print(hs.tensor({ 0, 0 }):exp():sum()) --> 2.0
--- ```
---@return headscope.Tensor
function tensor:exp() end

--- Natural logarithms.
--- ```lua
--- print(hs.tensor({ 1, 1 }):log():sum()) --> 0.0
--- ```
---@return headscope.Tensor
function tensor:log() end

--- Square roots.
--- ```lua
--- print(hs.tensor({ 4, 9 }):sqrt():sum()) --> 5.0
--- ```
---@return headscope.Tensor
function tensor:sqrt() end

--- Hyperbolic tangents.
--- ```lua
--- print(hs.tensor({ 0 }):tanh()[0]) --> 0.0
--- ```
---@return headscope.Tensor
function tensor:tanh() end

--- The error function.
--- ```lua
--- print(hs.tensor({ 0 }):erf()[0]) --> 0.0
--- ```
---@return headscope.Tensor
function tensor:erf() end

--- Along one axis, or without one over all numbers: then a number.
--- ```lua
--- print(t:sum(), t:sum(0)[2], t:sum(-1, true)[1][0]) --> 21.0	9.0	15.0
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:sum(axis, keep) end

--- ```lua
--- print(t:mean(), t:mean(0)[0]) --> 3.5	2.5
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:mean(axis, keep) end

--- ```lua
--- print(t:max(), t:max(-1)[0]) --> 6.0	3.0
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:max(axis, keep) end

--- ```lua
--- print(t:min(), t:min(0)[1]) --> 1.0	2.0
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:min(axis, keep) end

--- Where the first of the largest is.
--- ```lua
--- print(t:argmax(), t:argmax(-1)[0]) --> 5	2.0
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:argmax(axis, keep) end

--- Where the first of the smallest is.
--- ```lua
--- print(t:argmin()) --> 0
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:argmin(axis, keep) end

--- Standard deviation, divided by n.
--- ```lua
--- print(hs.tensor({ 1, 3 }):std()) --> 1.0
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:std(axis, keep) end

--- Euclidean length.
--- ```lua
--- print(hs.tensor({ 3, 4 }):norm()) --> 5.0
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:norm(axis, keep) end

--- In nats.
--- ```lua
--- print(("%.4f"):format(hs.tensor({ 0.5, 0.5 }):entropy())) --> 0.6931
--- ```
---@param axis? integer
---@param keep? boolean keeps the axis, with length 1
---@return headscope.Tensor|number
function tensor:entropy(axis, keep) end

--- Of an even number the mean of the two in the middle.
--- ```lua
--- print(t:median(), t:median(0)[0]) --> 3.5	2.5
--- ```
---@param axis? integer
---@param keep? boolean keep the axis, with length 1
---@return headscope.Tensor|number
function tensor:median(axis, keep) end

--- ```lua
--- print(hs.tensor({ 0, 0 }):softmax(0)[1]) --> 0.5
--- ```
---@param axis? integer
---@return headscope.Tensor
function tensor:softmax(axis) end

--- Where numbers lie in a range, in C order; of the last two axes only where row minus column lies in another.
--- ```lua
--- local indices, numbers = t:places(5)
--- print(indices:totable()[1][2], numbers[0]) --> 1.0	5.0
--- ```
---@param from? number bounds are included; nil: none
---@param to? number
---@param near? number
---@param far? number
---@return headscope.Tensor indices [n, rank]
---@return headscope.Tensor numbers [n]
function tensor:places(from, to, near, far) end

--- The k largest of each line of the last axis.
--- ```lua
--- local values, indices = hs.tensor({ 3, 9, 4 }):topk(2)
--- print(values[0], indices[0], indices[1]) --> 9.0	1.0	2.0
--- ```
---@param k integer
---@return headscope.Tensor values
---@return headscope.Tensor indices
function tensor:topk(k) end

--- Stable and ascending; NaN counts as the largest.
--- ```lua
--- local values, indices = hs.tensor({ 3, 9, 4 }):sort()
--- print(values[1], indices[1]) --> 4.0	2.0
--- ```
---@param axis? integer
---@param descending? boolean
---@return headscope.Tensor values
---@return headscope.Tensor indices
function tensor:sort(axis, descending) end

--- ```lua
--- print(t:matmul(t:transpose(0, 1))[0][0]) --> 14.0
--- ```
---@param other headscope.Tensor
---@return headscope.Tensor
function tensor:matmul(other) end

--- Of square matrices [.., n, n], largest first by size.
--- ```lua
--- print(hs.tensor({ { 2, 0 }, { 0, 3 } }):eigenvalues()[0]) --> 3.0
--- ```
---@return headscope.Tensor real [.., n]
---@return headscope.Tensor imaginary [.., n]
function tensor:eigenvalues() end

--- Pearson's.
--- ```lua
--- print(t[0]:correlation(t[1])) --> 1.0
--- ```
---@param other headscope.Tensor
---@param axis? integer
---@return headscope.Tensor|number
function tensor:correlation(other, axis) end

--- As hs.where, with this tensor as the condition.
--- ```lua
--- print(t:gt(2):where(t, 0):sum()) --> 18.0
--- ```
---@param a headscope.Tensor|number
---@param b headscope.Tensor|number
---@return headscope.Tensor
function tensor:where(a, b) end

--- Lists in lists.
--- ```lua
--- print(t:totable()[2][3]) --> 6.0
--- ```
---@return table
function tensor:totable() end

--- Gives its memory back now, unless others share it.
--- ```lua
--- local other = t * 2
--- other:close()
--- print(pcall(other.sum, other)) --> false	tensor is closed
--- ```
function tensor:close() end
