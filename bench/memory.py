"""What the memory of a running process is made of.

    python bench/memory.py PID [PID ...]

Kilobytes that are resident, and in brackets those that are its own alone, by kind of mapping, from /proc/PID/smaps;
the most that was resident so far. Linux only.
"""

import os
import re
import sys

KINDS = (  # the first that fits
    ("libraries", r"\.so\b"),
    ("recorded files, models", r"\.safetensors$"),
    ("shared with the screen", r"^/SYSV|^/memfd|^/dev/shm"),
    ("heap", r"^\[heap\]$"),
    ("stacks", r"^\[stack"),
    ("anonymous", r"^$"),
)


def kind_of(path, program):
    if path == program:
        return "program"
    return next((kind for kind, pattern in KINDS if re.search(pattern, path)), "other")


def read(pid):
    """Kilobytes by kind: resident, and private."""
    program, kinds, kind = os.readlink(f"/proc/{pid}/exe"), {}, None
    with open(f"/proc/{pid}/smaps") as lines:
        for line in lines:
            header = re.match(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \S+ *(.*)", line)
            if header:
                kind = kinds.setdefault(kind_of(header[1], program), [0, 0])
            elif re.match(r"Rss|Private_(Clean|Dirty)", line):
                kind["Private" in line] += int(line.split()[1])
    return kinds


def main():
    for pid in sys.argv[1:]:
        kinds = read(pid)
        with open(f"/proc/{pid}/status") as lines:
            most = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
        for kind, (resident, private) in sorted(kinds.items(), key=lambda item: -item[1][0]):
            print(f"{resident:9} ({private:6})  {kind}")
        resident, private = (sum(column) for column in zip(*kinds.values()))
        print(f"{resident:9} ({private:6})  all; at most {most}")


if __name__ == "__main__":
    main()
