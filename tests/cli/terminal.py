"""Drives a program in a terminal: python3 terminal.py PROGRAM ARGS… < steps

A step is a line: "type TEXT" (with Python's escapes), or "see TEXT": waits until the terminal has shown TEXT since the
last such step. Prints what was shown and exits 1 when it is not there in time, else with the program's exit code."""
import os
import pty
import select
import sys
import time

SECONDS = 30


def see(terminal, text, shown, start):
    end = time.monotonic() + SECONDS
    while text not in shown[start:]:
        if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
            return -1
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # the program is gone
            return -1
    return shown.index(text, start) + len(text)


def main():
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.argv[1], sys.argv[1:])
    shown, start = bytearray(), 0
    for line in sys.stdin:
        what, _, text = line.rstrip("\n").partition(" ")
        text = text.encode().decode("unicode_escape").encode("latin-1").decode("utf-8").encode()
        if what == "type":
            os.write(terminal, text)
            continue
        start = see(terminal, text, shown, start)
        if start < 0:
            os.close(terminal)
            sys.exit(f"expected to see {text!r}, found {bytes(shown)!r}")
    see(terminal, b"\0", shown, start)  # until it is gone
    os.close(terminal)  # what has not ended is hung up
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


main()
