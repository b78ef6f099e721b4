"""Records what NumPy and torch compute on a few random tensors, for tests/scripting/test_tensor_values.lua.

Writes tests/fixtures/tensor/values.safetensors: the operands (`x`, `y`, …) and under `out.NAME` each result,
computed in double precision from the float32 operands and rounded once.

    python tests/make/tensor_values.py
"""

from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

OUT = Path(__file__).resolve().parents[1] / "fixtures" / "tensor"


def operands(rng):
    values = {
        "x": rng.normal(size=(3, 4, 37)),
        "y": rng.normal(size=(4, 1)),
        "p": rng.dirichlet(np.ones(9), size=(2, 5)),
        "m": rng.normal(size=(2, 1, 6, 7)),
        "n": rng.normal(size=(3, 7, 5)),
        "w": rng.normal(size=(5, 7)),
        "v": rng.normal(size=(7,)),
        "ties": rng.integers(0, 5, size=(3, 60)),
        "sixth": rng.normal(size=(2, 3, 1, 2, 3, 4)),
    }
    values["p"][0, 0, 3] = 0
    return {name: value.astype(np.float32) for name, value in values.items()}


def entropy(p, axis):
    return -np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(axis)


def softmax(x, axis):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def correlation(a, b, axis):
    a, b = np.broadcast_arrays(a, b)
    a = a - a.mean(axis, keepdims=True)
    b = b - b.mean(axis, keepdims=True)
    return (a * b).sum(axis) / np.sqrt((a * a).sum(axis) * (b * b).sum(axis))


def eigenvalues(x):
    values = np.linalg.eigvals(x)
    order = np.lexsort((-values.imag, -values.real, -np.abs(values).round(12)))
    return np.take_along_axis(values, order, -1)


def along_axes(x):
    for axis in (0, 1, 2):
        yield f"sum{axis}", x.sum(axis)
        yield f"mean{axis}", x.mean(axis)
        yield f"max{axis}", x.max(axis)
        yield f"min{axis}", x.min(axis)
        yield f"argmax{axis}", x.argmax(axis)
        yield f"argmin{axis}", x.argmin(axis)
        yield f"std{axis}", x.std(axis)
        yield f"median{axis}", np.median(x, axis)
        yield f"norm{axis}", np.linalg.norm(x, axis=axis)
        yield f"softmax{axis}", softmax(x, axis)
        yield f"sort{axis}", np.sort(x, axis)
        yield f"order{axis}", np.argsort(x, axis, kind="stable")


def results(t):
    x, y, p, m, n, w, v = (t[name].astype(np.float64) for name in "xypmnwv")
    yield from along_axes(x)
    yield "add", x + y
    yield "sub", y - x
    yield "mul", x * y
    yield "div", x / y
    yield "pow", np.abs(x) ** y
    yield "square", x**2
    yield "lt", x < y
    yield "ge", x >= y
    yield "exp", np.exp(x)
    yield "log", np.log(np.abs(x))
    yield "sqrt", np.sqrt(np.abs(x))
    yield "tanh", np.tanh(x)
    yield "erf", torch.erf(torch.tensor(x)).numpy()
    yield "where", np.where(x > y, x, y)
    yield "entropy", entropy(p, -1)
    yield "entropy0", entropy(p, 0)
    for offset in (-2, 0, 3, 40):
        yield f"diagonal{offset}", np.diagonal(x, offset, -2, -1)
    yield "transpose", x.transpose(2, 1, 0)
    yield "matmul", m @ n
    yield "matmul_t", n.transpose(0, 2, 1) @ w.T
    yield "matmul_strided", m[..., ::2, 1:] @ n[:, 1:, ::-1]
    yield "matmul_row", v @ n
    yield "matmul_column", m @ v
    yield "matmul_dot", np.array([v @ v])
    values = eigenvalues(x[:, :, 2:6])
    yield "eigenvalues", np.stack([values.real, values.imag])
    yield "correlation", correlation(x, y + x.mean(0, keepdims=True) ** 2, 2)
    yield "correlation0", correlation(x, x**3, 0)
    values, places = torch.tensor(t["ties"]).sort(dim=-1, descending=True, stable=True)
    yield "top", values[:, :7].numpy()
    yield "top_places", places[:, :7].numpy()
    yield "sixth", t["sixth"].astype(np.float64).sum((1, 4)).transpose(3, 2, 1, 0)


def main():
    tensors = operands(np.random.default_rng(7))
    for name, value in list(results(tensors)):
        tensors[f"out.{name}"] = np.ascontiguousarray(value, dtype=np.float32)
    OUT.mkdir(parents=True, exist_ok=True)
    save_file(tensors, OUT / "values.safetensors")


main()
