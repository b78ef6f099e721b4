# What the tests of scans share: texts, and probes of three kinds. Read after lib.sh.
export XDG_DATA_HOME=$folder/data
scan() { "$program" scan "$@"; }
same() { cmp -s "$1" "$2" || wrong "expected the same bytes in $1 and $2" "$1" "$2"; }

cat >edge.lua <<'E2'
return require "headscope".probe { id = "pronouns", kind = "edge", weight = { 0.3, 1 }, distance = { 1, 20 },
  query = function(token) return token.text:lower():find "^ ?s?he$" end,
  key = function(token) return token.text:find "%a" end }
E2
for i in 1 2 3 4 5 6 7 8; do
  echo "The doctor number $i asked the nurse a question. She said no, and he went home after $i days."
  echo
  echo "When Mary gave him $i rings he laughed; she did not laugh at all, because it was late and she was tired."
done >a.txt
cat a.txt a.txt >b.txt
printf 'The teacher asked. He answered that she had asked him before' >c.txt
cat >token.lua <<'E2'
local hs = require "headscope"
return hs.probe { id = "received", kind = "token", score = function(run) return run:attention(0, 0):sum(0) end }
E2
cat >run.lua <<'E2'
return require "headscope".probe { id = "length", kind = "run", keep = {}, params = { n = 2 },
  score = function(run, p) return run.n_tokens * p.n end }
E2
