# OpenBLAS is opened when it is needed, not before; without it models run and eigenvalues say what is missing.
. "$(dirname "$0")/lib.sh"
exec </dev/null

cat >run.lua <<'E2'
local hs = require "headscope"
local run = assert(hs.load "novella"):run "The doctor asked the nurse a question. She"
print(run:get("q1"):abs():sum())
E2
in_memory='local opened = false
for line in io.lines "/proc/self/maps" do opened = opened or line:find "libopenblas" ~= nil end'
lua "$in_memory; assert(not opened, 'OpenBLAS was opened for nothing')"
lua "hs.tensor({ { 2, 0 }, { 0, 3 } }):eigenvalues() $in_memory; assert(opened, 'who found the eigenvalues?')"

expect 0 "with OpenBLAS" env HEADSCOPE_SIMD=scalar "$program" run run.lua
cp out with
: >libopenblas.so.0
export LD_LIBRARY_PATH=$folder
expect 0 "without" env HEADSCOPE_SIMD=scalar "$program" run run.lua
lua "assert(math.abs($(cat out) / $(cat with) - 1) < 1e-4)"
lua 'local ok, why = pcall(hs.tensor({ { 2, 0 }, { 0, 3 } }).eigenvalues, hs.tensor { { 2, 0 }, { 0, 3 } })
assert(not ok and why:find("libopenblas.so.0: expected OpenBLAS for eigenvalues, found none", 1, true), why)'
exit $failed
