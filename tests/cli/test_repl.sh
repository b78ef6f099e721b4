# headscope repl: entries from a pipe, and in a terminal with completion, history and Ctrl+C.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$(realpath "$0")")
export XDG_STATE_HOME=$folder/state TERM=xterm HOME=$folder

expect 0 "entries from a pipe" "$program" repl novella <<'LUA'
1 + 1, "two"
for i = 1, 2 do
  print("line", i)
end
x = { 3,
  4 }
#x
nil
model:run("The doctor").n_tokens
hs.version == require "headscope".version
LUA
printf '2\ttwo\nline\t1\nline\t2\n2\nnil\n2\ntrue\n' | cmp - out || wrong "expected other lines in:" out
empty err
[ ! -e state ] || wrong "expected no history of a pipe"

expect 1 "an error" "$program" repl <<'LUA'
error "boo"
= 3
"still here"
LUA
[ "$(cat out)" = "still here" ] || wrong "expected one line in:" out
in_file err "console:1: boo"
in_file err "console:1: in main chunk"
in_file err "console:1: unexpected symbol near '='"
expect 7 "os.exit" "$program" repl <<<'os.exit(7)'
expect 1 "an unfinished end" "$program" repl <<<'7 +'
expect 1 "memory" "$program" repl --memory 20M <<<'("x"):rep(1e8)'
in_file err "not enough memory"
expect 1 "a sandbox" "$program" repl --sandbox <<<'os.execute "true"'
in_file err "not to be had in a sandbox"
expect 1 "a model that is none" "$program" repl no_such_model </dev/null
one_error
expect 2 "two models" "$program" repl novella novella </dev/null

terminal() { python3 "$here/terminal.py" "$program" repl "$@" >out 2>err || wrong "in a terminal:" err; }
terminal novella <<'STEPS'
see model novella (gpt2, 6 layers x 6 heads) is `model`
see > 
type 20 + 1\n
see 21
see > 
type model.config.n_la\t
type \n
see yer
see 6
see > 
type hs.sa\t
see ve_
type \t
see save_picture  save_tensors
see > 
type \x03
see > 
type for i = 1, 2 do\n
see >> 
type print("line " .. i)\n
type end\n
see line 2
see > 
type print("go" .. "ing") while true do pcall(error) end\n
see going
type \x03
see console:1: interrupted
see > 
type print("go" .. "ing") local c = coroutine.wrap(function() while true do pcall(error) end end) while true do pcall(c) end\n
see going
type \x03
see interrupted
see > 
type if true then\n
see >> 
type \x03
see > 
type "after" .. 1\n
see after1
see > 
type "é" .. #"é"\n
see é2
see > 
type os.exit(0)\n
STEPS
[ "$(grep -c . state/headscope/history)" -ge 8 ] || wrong "expected a history in:" state/headscope/history
terminal <<'STEPS'
see > 
type \x1b[A\x1b[A
see "é" .. #"é"
type \n
see é2
see > 
type os.exit(0)\n
STEPS
exit $failed
