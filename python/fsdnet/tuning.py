"""Faster kernels for this machine, by `fsdnet tune` (docs/tuning.md)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fsdnet._paths import PathLike, text_of
from fsdnet._program import report_of


def tune(operator: str = "", *, shapes: Sequence[Mapping[str, int]] = (), models: Sequence[PathLike] = (), target: str = "",
         build: PathLike = "", budget: float = 300.0, candidates: int | None = None,
         record: bool = False) -> list[dict[str, Any]]:
    """Measures the parameters of an operator's schedule, or of all that the models use, on this machine.

    shapes: such as {"sample": 64, "input": 512, "output": 10}; models: files of models or descriptions, whose layers give
    shapes. target: an instruction set, "opencl" or "cuda" (the best of this CPU). budget: seconds for each operator,
    candidates: at most so many. build: the build tree of fsdnet, whose generators make the candidates, as `build/release`
    after `make` (that which this package came from); its target tuning_tools builds what is missing. record: into
    schedules/tuned/ of its sources, for later builds.
    Returns for each operator what `fsdnet tune --json` says: parameters, tuned (share of the default's time), shapes, log.
    Raises UnsupportedError where the build tree or something in it is not there."""
    words = [operator] if operator else []
    for shape in shapes:
        words += ["--shape", ",".join(f"{axis}={extent}" for axis, extent in shape.items())]
    for model in models:
        words += ["--model", text_of(model)]
    words += ["--target", target] if target else []
    words += ["--build", text_of(build)] if build else []
    words += ["--budget", f"{budget:f}"]
    words += ["--candidates", str(candidates)] if candidates is not None else []
    words += [] if record else ["--no-record"]
    outcomes: list[dict[str, Any]] = report_of("tune", words)
    return outcomes
