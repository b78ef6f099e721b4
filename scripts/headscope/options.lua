--- The command line of a script that ships: options in any order, --help, exit code 2 for misuse.
local M = {}

--- Prints one line of error and ends the script.
---@param code integer 1 where the work failed, 2 for misuse of the command line
---@param message string
function M.fail(code, message)
  if not io then error(message, 0) end -- in a sandbox
  local name = arg[0]:match "([^/]+)%.lua$" or arg[0]
  io.stderr:write("headscope: ", name, ": ", message, "\n")
  os.exit(code)
end

--- A reader for options that take a whole number.
---@param least integer
---@return fun(word: string, option: string): integer
function M.whole(least)
  return function(word, option)
    local n = math.tointeger(tonumber(word))
    if n and n >= least then return n end
    M.fail(2, ("%s: expected a whole number from %d, found %s"):format(option, least, word))
  end
end

--- A reader for options that take whole numbers with commas: "1,2,3".
---@param least integer
---@return fun(word: string, option: string): integer[]
function M.wholes(least)
  local read = M.whole(least)
  return function(word, option)
    local list = {}
    for part in (word .. ","):gmatch "([^,]*)," do list[#list + 1] = read(part, option) end
    return list
  end
end

--- A reader for options that take any text.
function M.text(word) return word end

--- A reader for words of which all of a Lua pattern must fit.
---@param pattern string
---@param what string for the message
---@return fun(word: string, option: string): string
function M.matching(pattern, what)
  return function(word, option)
    return word:match("^" .. pattern .. "$") or M.fail(2, ("%s: expected %s, found %s"):format(option, what, word))
  end
end

--- Reads `arg`, "--name value" or "--name=value". `--help` prints the usage and ends the script.
---@param usage string
---@param known table<string, true|fun(word: string, option: string): any> true for a flag, else its reader
---@param operands string[] names of the words that are no options, all of them needed; a last one that ends in
--- "..." takes all that are left, as a list
---@return table<string, any> options by name without the dashes, and operands by name
function M.parse(usage, known, operands)
  local found, n, i = {}, 0, 1
  local rest = operands[#operands] and operands[#operands]:match "^(.*)%.%.%.$"
  local function take(word)
    n = n + 1
    if rest and n >= #operands then
      found[rest] = found[rest] or {}
      table.insert(found[rest], word)
      return
    end
    if not operands[n] then M.fail(2, ("expected %s, found also %s"):format(table.concat(operands, " "), word)) end
    found[operands[n]] = word
  end
  local function option(word)
    local name, value = word:match "^(%-%-[^=]*)=(.*)$"
    name = name or word
    local read = known[name]
    if not read then M.fail(2, "unknown option " .. word) end
    if read == true and value then M.fail(2, ("%s: expected no value, found %s"):format(name, value)) end
    if read ~= true and not value then
      i = i + 1
      value = arg[i] or M.fail(2, name .. ": expected a value, found nothing")
    end
    found[name:gsub("^%-+", "")] = read == true or read(value, name)
  end
  while i <= #arg do
    local word = arg[i]
    if word == "--help" then
      print(usage)
      os.exit(0)
    end
    if word:find "^%-." then option(word) else take(word) end
    i = i + 1
  end
  if n < #operands then M.fail(2, ("expected %s, found nothing; see --help"):format(operands[n + 1])) end
  return found
end

return M
