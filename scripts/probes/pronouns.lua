local hs = require "headscope"

local pronouns = {}
for word in ("he she it they him her them his hers its their theirs"):gmatch "%a+" do pronouns[word] = true end

return hs.probe {
  id = "pronouns",
  name = "Pronouns",
  doc = [[Where a pronoun puts at least .3 of a head's weight on one word, one to thirty tokens back. A relation: copy the file and
write your own.]],
  kind = "edge",
  weight = { 0.3 },
  distance = { 1, 30 },
  query = function(token) return pronouns[token.text:lower():match "%a+"] end,
  key = function(token) return token.text:find "%a" end,
}
