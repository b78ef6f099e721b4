"""The peer of the window: BertViz 1.4.1 in Chromium, the same attention in both, in turns.

    python bench/browser.py build/headscope [TRIES [TOKENS ...]]

Made-up causal attention of 12 layers and 12 heads is written to a file, which headscope opens, and put into the page
that BertViz makes of it; d3, jQuery and require.js come from Debian's packages instead of the network. Each try opens
the page in a browser that already shows an empty one, and the window on a screen of its own. What is measured ends
when the processes have been quiet for half a second: their processor time (the screen's server counts as ours), their
memory as the kernel shares it out (PSS), and `peak`, the most that was resident in all of them together (RSS, shared
pages counted in each). A hover is the mouse on one token, or thumbnail, after another; further the next layer, a head
off or on, and a click on a thumbnail, which opens its panel. `late`: on the clock, from the event until two frames
have gone by in the browser, and until other pixels are on the window's screen.

Needs a Python with torch and bertviz==1.4.1 (and IPython, which it imports), and Debian's chromium, node-d3,
libjs-jquery, libjs-requirejs, xvfb, xdotool. Development only: nothing else here needs a browser.
"""

import ctypes
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

LAYERS, HEADS, D_HEAD, SIZE = 12, 12, 64, (1280, 800)
QUIET, LONGEST = 0.5, 900
ACTS = {"head": [("hover", 60), ("layer", 5), ("toggle", 8)], "model": [("hover", 60), ("click", 8)]}  # and how often
BUSY = 10  # milliseconds of processor time between two looks

# Attention and page


def make_attention(tokens):
    import numpy

    dice = numpy.random.default_rng(tokens)
    i = numpy.arange(tokens)
    attention = []
    for _ in range(LAYERS * HEADS):
        sharpness, decay, sink = 1 + 5 * dice.random(), 0.1 * dice.random(), 6 * dice.random()
        scores = sharpness * dice.random((tokens, tokens)) - decay * (i[:, None] - i[None, :])
        scores[:, 0] += sink
        weights = numpy.tril(numpy.exp(scores))
        attention.append(weights / weights.sum(-1, keepdims=True))
    return numpy.array(attention, numpy.float32).reshape(LAYERS, HEADS, tokens, tokens)


def write_record(attention, path):
    import numpy
    from safetensors.numpy import save_file

    tokens = attention.shape[-1]
    vectors = numpy.random.default_rng(1).normal(0, 2, (tokens, HEADS, D_HEAD)).astype(numpy.float32)
    tensors = {}
    for layer in range(LAYERS):
        tensors[f"blocks.{layer}.attn.hook_pattern"] = attention[layer]
        tensors[f"blocks.{layer}.attn.hook_q"] = tensors[f"blocks.{layer}.attn.hook_k"] = vectors.copy()
    save_file({name: numpy.ascontiguousarray(t) for name, t in tensors.items()}, path)


def write_page(attention, view, path):
    import bertviz
    import torch

    show = {"model": bertviz.model_view, "head": bertviz.head_view}[view]
    layers = [torch.from_numpy(layer)[None] for layer in attention]
    tokens = [str(i) for i in range(attention.shape[-1])]
    page = show(layers, tokens, html_action="return").data
    for there, here in (
        ("https://cdnjs.cloudflare.com/ajax/libs/require.js/2.3.6/require.min.js", "javascript/requirejs/require.min.js"),
        ("https://cdnjs.cloudflare.com/ajax/libs/d3/5.7.0/d3.min", "nodejs/d3/dist/d3.min"),
        ("https://cdnjs.cloudflare.com/ajax/libs/jquery/2.0.0/jquery.min", "javascript/jquery/jquery.min"),
    ):
        assert there in page, there
        page = page.replace(there, "file:///usr/share/" + here)
    done = "requirejs(['jquery', 'd3'], () => requestAnimationFrame(() => requestAnimationFrame(() => document.title = 'done')))"
    with open(path, "w") as file:
        file.write(f"<!DOCTYPE html><meta charset=utf-8><body>{page}<script>{done}</script>")


# Processes


def family(pid):
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    children.setdefault(int(file.read().rsplit(")", 1)[1].split()[1]), []).append(int(name))
            except OSError:
                pass
    found, left = [], [pid]
    while left:
        found.append(left.pop())
        left += children.get(found[-1], [])
    return found


def processor(pids):
    """Milliseconds of processor time of all threads so far, by the kernel's clock of each process."""
    total = 0
    for pid in pids:
        try:
            total += time.clock_gettime(~pid << 3 | 2)
        except OSError:
            pass
    return total * 1000


def memory(pids, file, field):
    """MB that the file in /proc says in a field."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/{file}") as lines:
                total += sum(int(line.split()[1]) for line in lines if line.startswith(field + ":"))
        except OSError:
            pass
    return total / 1024


def shared_out(pids):
    return memory(pids, "smaps_rollup", "Pss")


class Peak:
    """The most that was resident in all processes together, so far."""

    def __init__(self):
        self.most = 0

    def look(self, pids):
        self.most = max(self.most, memory(pids, "status", "VmRSS"))


def waits_for_processor(pids):
    """Whether any of their threads would run, if it were its turn."""
    for pid in pids:
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{thread}/stat") as file:
                    if file.read().rsplit(")", 1)[1].split()[0] in "RD":
                        return True
        except OSError:
            pass
    return False


def settle(pids_of, look=lambda pids: None, limit=LONGEST):
    """Waits until they do nothing; their processor time then, None where that never happens."""
    last, since, end = processor(pids_of()), time.monotonic(), time.monotonic() + limit
    while time.monotonic() < end:
        time.sleep(0.1)
        now = processor(pids_of())
        look(pids_of())
        if now - last > BUSY or waits_for_processor(pids_of()):
            last, since = now, time.monotonic()
        elif time.monotonic() - since > QUIET:
            return now
    return None


# The browser


class Browser:
    """Chromium without a screen, spoken to over a pair of pipes."""

    def __init__(self, profile):
        to_read, self.to = os.pipe()
        self.back, from_write = os.pipe()
        command = ["chromium", "--headless", "--no-sandbox", "--no-first-run", "--remote-debugging-pipe",
                   "--allow-file-access-from-files", f"--user-data-dir={profile}", "about:blank",
                   "--window-size=%d,%d" % SIZE]
        prepare = lambda: (os.dup2(to_read, 30), os.dup2(from_write, 31), os.dup2(30, 3), os.dup2(31, 4))
        self.process = subprocess.Popen(command, preexec_fn=prepare, close_fds=False,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read), os.close(from_write)
        self.buffer, self.number, self.session = b"", 0, None
        page = [t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page"][0]
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.buffer:
                data = os.read(self.back, 1 << 20)
                if not data:
                    raise RuntimeError("the browser is gone")
                self.buffer += data
            line, self.buffer = self.buffer.split(b"\0", 1)
            answer = json.loads(line)
            if answer.get("id") == self.number:
                return answer.get("result", {})

    def value(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def pids(self):
        return family(self.process.pid)

    def close(self):
        for pid in reversed(self.pids()):
            try:
                os.kill(pid, 9)
            except OSError:
                pass
        self.process.wait()
        os.close(self.to), os.close(self.back)


CLICKABLE = "[...document.querySelectorAll('rect')].filter(r => (r.__on || []).some(o => o.type === 'click'))"


def act_in_browser(browser, act, i):
    """What a user does, the i-th time; returns when two frames have gone by."""
    if act == "hover":
        y = 8 + browser.value("document.querySelector('svg').getBoundingClientRect().top") + 30 + 22.5 * (i % 12)
        browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=80, y=y)
    elif act == "layer":
        browser.value("(s => { s.selectedIndex = %d; s.dispatchEvent(new Event('change')); })(document.querySelector('#layer'))" % (i + 1))
    else:
        x, y = browser.value("(r => { r.scrollIntoView({block: 'nearest'}); const b = r.getBoundingClientRect(); "
                             "return [b.left + 10, b.top + 10]; })(%s[%d])" % (CLICKABLE, i))
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    browser.call("Runtime.evaluate", expression="new Promise(f => requestAnimationFrame(() => requestAnimationFrame(f)))", awaitPromise=True)


def measure_browser(page, view, folder):
    """CPU of the first picture and of each act, memory."""
    browser, peak = Browser(os.path.join(folder, "profile")), Peak()
    try:
        start = settle(browser.pids)
        browser.call("Page.navigate", url="file://" + page)
        end = time.monotonic() + LONGEST
        while browser.value("document.title") != "done":
            if time.monotonic() > end:
                return None
            time.sleep(0.1)
            peak.look(browser.pids())
        drawn = settle(browser.pids, peak.look)
        result = {"first": drawn - start, "memory": shared_out(browser.pids())}
        for act, times in ACTS[view]:
            if act == "hover" and view == "model":
                continue  # it has none
            late = []
            for i in range(times):
                start = time.monotonic()
                act_in_browser(browser, act, i)
                late.append(1000 * (time.monotonic() - start))
            before, drawn = drawn, settle(browser.pids, peak.look)
            result[act] = (drawn - before) / times
            result[act + " late"] = statistics.median(late)
        return {**result, "peak": peak.most}
    except (RuntimeError, TypeError):
        return None
    finally:
        browser.close()
        shutil.rmtree(os.path.join(folder, "profile"), ignore_errors=True)


# The window


class Image(ctypes.Structure):
    """The beginning of an XImage."""
    _fields_ = [("numbers", ctypes.c_int * 4), ("data", ctypes.c_void_p), ("more", ctypes.c_int * 5), ("line", ctypes.c_int)]


class Screen:
    """As large as the window, which so lies in its corner."""

    def __init__(self, left=500):
        self.place = (left, 110, 60, 600)  # where every act shows: left, top, width, height
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "%dx%dx24" % SIZE],
                                        pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as file:
            self.display = ":" + file.readline().strip()
        self.x, self.test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XGetImage.restype = ctypes.POINTER(Image)
        self.connection = ctypes.c_void_p(self.x.XOpenDisplay(self.display.encode()))
        self.root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.connection))

    def look(self):
        image = self.x.XGetImage(self.connection, self.root, *self.place, ctypes.c_ulong(0xFFFFFFFF), 2)
        data = ctypes.string_at(image.contents.data, image.contents.line * self.place[3])
        self.x.XDestroyImage(image)
        return data

    def mouse(self, x, y):
        self.test.XTestFakeMotionEvent(self.connection, -1, x, y, 0)

    def click(self):
        for down in (1, 0):
            self.test.XTestFakeButtonEvent(self.connection, 1, down, 0)

    def key(self, name):
        code = self.x.XKeysymToKeycode(self.connection, ctypes.c_ulong(self.x.XStringToKeysym(name)))
        for down in (1, 0):
            self.test.XTestFakeKeyEvent(self.connection, code, down, 0)

    def wait_for_change(self, before, limit=0.5):
        """Milliseconds until there is another picture."""
        start = time.monotonic()
        while time.monotonic() - start < limit:
            if self.look() != before:
                return 1000 * (time.monotonic() - start)
        return None


def find_places(program, record, folder):
    """The middle of elements of the window, by id."""
    script = os.path.join(folder, "places.lua")
    with open(script, "w") as file:
        file.write("""local ui = require "headscope".ui.open { model = arg[1], size = { %d, %d }, dock = false }:wait()
for _, view in ipairs { "model", "head" } do
  ui:command("view." .. view)
  for _, c in ipairs(ui:frame()) do
    if c.id and c.rect then print(c.id, c.rect[1] + c.rect[3] / 2, c.rect[2] + c.rect[4] / 2) end
  end
end""" % SIZE)
    lines = subprocess.run([program, "run", script, record], check=True, capture_output=True, text=True).stdout.splitlines()
    return {name: (round(float(x)), round(float(y))) for name, x, y in (line.split("\t") for line in lines)}


def act_in_window(screen, view, act, places, i):
    """The same there. Clicks are no double clicks."""
    if act == "layer":
        screen.key(b"Down")
    elif act == "hover":
        screen.mouse(*places[f"query.{i % 12}" if view == "head" else f"thumb.{i % 12}.{i * 5 % 12}"])
    else:
        screen.mouse(*places[f"tile.{i}" if act == "toggle" else f"thumb.{i}.{i}"])
        screen.click()
    screen.x.XFlush(screen.connection)


def measure_window(program, record, view, folder, places):
    """CPU of the first picture from the start of the process and of each act, memory."""
    screen = Screen((places["query.0"][0] + places["key.0"][0]) // 2 if view == "head" else 500)
    environment = {**os.environ, "DISPLAY": screen.display, "XDG_STATE_HOME": os.path.join(folder, "state"),
                   "SDL_VIDEODRIVER": "x11"}
    shutil.rmtree(environment["XDG_STATE_HOME"], ignore_errors=True)
    state = {"figure": os.path.join(folder, "start.png")}
    subprocess.run([program, "draw", record, "--view", view, "--size", "%dx%d" % (SIZE[0], SIZE[1] - 104), "-o", state["figure"]],
                   check=True)
    try:
        server = settle(lambda: [screen.process.pid])
        window = subprocess.Popen([program, "open", state["figure"]], env=environment)
        pids = lambda: [window.pid, screen.process.pid]
        drawn = settle(pids)
        result = {"first": drawn - server, "memory": shared_out([window.pid])}
        for act, times in ACTS[view]:
            pause = 0.05 if act == "hover" else 0.6
            for i in range(times):
                act_in_window(screen, view, act, places, i)
                time.sleep(pause)
            before, drawn = drawn, settle(pids)
            result[act] = (drawn - before) / times
            late = []
            for i in range(min(times, 12)):  # looking takes the server's time
                seen = screen.look()
                act_in_window(screen, view, act, places, i)
                late.append(screen.wait_for_change(seen))
                time.sleep(pause)
            late = [l for l in late if l is not None]
            result[act + " late"] = statistics.median(late) if late else None
            drawn = settle(pids)
        result["peak"] = memory([window.pid], "status", "VmHWM")
        window.kill()
        window.wait()
        return result
    finally:
        screen.process.kill()
        screen.process.wait()


def measure_start(program, record, view, folder):
    """Milliseconds on the clock and of processor time from the process's start to its end, a PNG written."""
    start = time.monotonic()
    process = subprocess.Popen([program, "draw", record, "--view", view, "-o", os.path.join(folder, "drawn.png")])
    _, _, usage = os.wait4(process.pid, 0)
    return {"wall": 1000 * (time.monotonic() - start), "cpu": 1000 * (usage.ru_utime + usage.ru_stime)}


def median(results, key):
    values = [r[key] for r in results if r and r.get(key) is not None]
    return f"{statistics.median(values):.1f}" if values else ""


def main():
    program = os.path.abspath(sys.argv[1])
    tries = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    folder = tempfile.mkdtemp()
    print("| view | tokens | | first | MB | peak | hover | layer | toggle | click | late: hover | layer | toggle | click | draw: clock | CPU |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
    keys = ("first", "memory", "peak", "hover", "layer", "toggle", "click", "hover late", "layer late", "toggle late", "click late", "wall", "cpu")
    for tokens in [int(t) for t in sys.argv[3:]] or [16, 64, 128]:
        attention, record = make_attention(tokens), os.path.join(folder, "run.safetensors")
        write_record(attention, record)
        places = find_places(program, record, folder)
        for view in ("model", "head"):
            page = os.path.join(folder, "page.html")
            write_page(attention, view, page)
            browser, window = [], []
            for _ in range(tries):
                browser.append(measure_browser(page, view, folder))
                window.append({**measure_window(program, record, view, folder, places), **measure_start(program, record, view, folder)})
            for name, results in (("browser", browser), ("window", window)):
                print(f"| {view} | {tokens} | {name} | " + " | ".join(median(results, key) for key in keys) + " |", flush=True)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
