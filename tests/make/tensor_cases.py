"""Writes tests/fixtures/tensor/cases.jsonl: random expressions over tensors with what NumPy answers.

Operands pass through up to three views (transposed, sliced, selected, diagonal, reshaped), have empty and
broadcast axes, NaN and infinities. A line is {lua, shape, values}, or {lua} where NumPy refuses; a number
without axes has shape []. Needs numpy; nothing in the tests does.

    python tests/make/tensor_cases.py
"""

import json
import math
import pathlib
import random
import warnings

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "tensor" / "cases.jsonl"
CASES = 400
r = random.Random(20)
warnings.filterwarnings("ignore")


def literal(a):
    if a.ndim:
        return "{" + ",".join(map(literal, a)) + "}"
    value = float(a)
    return "nan" if math.isnan(value) else repr(value).replace("inf", "math.huge")


def source(a):
    return "hs.zeros{%s}" % ",".join(map(str, a.shape)) if a.size == 0 else "hs.tensor" + literal(a)


def numbers(shape, special=True):
    simple = [-2, -1, -0.5, 0, 0.5, 1, 1, 2, 3]
    flat = [r.choice(simple) if r.random() < 0.6 else round(r.gauss(0, 1), 3) for _ in range(math.prod(shape))]
    if special and flat and r.random() < 0.15:
        flat[r.randrange(len(flat))] = r.choice([math.nan, math.inf, -math.inf])
    return np.array(flat, np.float32).reshape(shape)


def axis_of(a):
    return r.randrange(-a.ndim, a.ndim)


def view(a, lua):
    kind = r.choice(["transpose", "slice", "select", "diagonal", "reshape"])
    if kind == "transpose":
        x, y = axis_of(a), axis_of(a)
        return np.swapaxes(a, x, y), f"{lua}:transpose({x},{y})"
    if kind == "slice":
        axis = r.randrange(a.ndim)
        start = r.randrange(a.shape[axis] + 1)
        stop = r.randrange(start, a.shape[axis] + 1)
        return a[(slice(None),) * axis + (slice(start, stop),)], f"{lua}:slice({axis},{start},{stop})"
    if kind == "select" and a.ndim > 1 and a.shape[0] > 0:
        i = r.randrange(-a.shape[0], a.shape[0])
        return a[i], f"{lua}:select(0,{i})"
    if kind == "diagonal" and a.ndim > 1:
        offset = r.randrange(-3, 4)
        return np.diagonal(a, offset, -2, -1), f"{lua}:diagonal({offset})"
    if kind == "reshape" and a.size % 2 == 0 and a.size > 0:
        return a.reshape(2, -1), f"{lua}:reshape(2,-1)"
    return a, lua


def operand():
    a = numbers([r.choice([1, 1, 2, 3, 4, 5, 0]) for _ in range(r.choice([1, 2, 2, 3, 4]))])
    lua = source(a)
    for _ in range(r.randrange(4)):
        a, lua = view(a, lua)
    return a, lua


def partner(shape):
    shape = [1 if r.random() < 0.3 else n for n in shape][r.randrange(2) if len(shape) > 1 else 0 :]
    b = numbers(shape + [1] if r.random() < 0.1 else shape)
    return b, source(b)


def binary():
    (a, p), symbols = operand(), {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power}
    b, q = partner(a.shape)
    symbol = r.choice(list(symbols))
    return f"({p}) {symbol} ({q})", lambda: symbols[symbol](a, b)


def comparison():
    (a, p), names = operand(), {"lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal"}
    b, q = partner(a.shape)
    name = r.choice(list(names))
    return f"{p}:{name}({q})", lambda: getattr(np, names[name])(a, b)


def reduction():
    a, lua = operand()
    name, axis = r.choice("sum mean max min argmax argmin std norm entropy".split()), r.choice([None, axis_of(a)])
    wide = a.astype(np.float64)

    def answer():
        if name == "norm":
            return np.sqrt((wide * wide).sum(axis=axis))
        if name == "entropy":
            return -np.where(wide == 0, 0, wide * np.log(wide)).sum(axis=axis)
        result = getattr(np, name)(wide, axis=axis)
        return np.where(np.isnan(wide).any(axis=axis), np.nan, result) if name.startswith("arg") else result

    return f"{lua}:{name}({'' if axis is None else axis})", answer


def ordering():
    a, lua = operand()
    a = np.nan_to_num(a)
    lua, axis, descending = source(np.ascontiguousarray(a)), axis_of(a), r.random() < 0.5
    order = np.argsort(-a if descending else a, axis=axis, kind="stable")
    call = f"{lua}:sort({axis},{str(descending).lower()})"
    if r.random() < 0.5:
        return f"(select(2,{call}))", lambda: order
    return f"({call})", lambda: np.take_along_axis(a, order, axis)


def product():
    a, lua = operand()
    b = numbers([a.shape[-1], r.choice([1, 3])] if r.random() < 0.8 else [a.shape[-1] + r.randrange(2)])
    return f"{lua}:matmul({source(b)})", lambda: np.matmul(a.astype(np.float64), b.astype(np.float64))


def case():
    lua, answer = r.choice([binary, binary, comparison, reduction, reduction, ordering, product])()
    try:
        values = np.asarray(answer())
    except ValueError:
        return {"lua": lua}
    flat = [float("%.9g" % v) for v in values.astype(np.float64).ravel()]
    return {"lua": lua, "shape": list(values.shape), "values": [v if math.isfinite(v) else str(v) for v in flat]}


def main():
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("".join(json.dumps(case(), separators=(",", ":")) + "\n" for _ in range(CASES)))


main()
