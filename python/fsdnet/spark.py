"""Spark: `frame.mapInPandas(fsdnet.spark.scores(model), "path string, " + fsdnet.spark.SCHEMA)`; tested where pandas is."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fsdnet._paths import PathLike
from fsdnet.model import Model
from fsdnet.scoring import Scorer

SCHEMA = "log_posterior array<float>, novelty float, p_value float, decision int"  # of a model with classes and novelty


def scores(model: Model | PathLike, column: str = "image",
           unknown: float | None = None) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """For mapInPandas(): the columns of SCHEMA in place of `column`, as fsdnet.ray.scores()."""
    scorer = Scorer(model, unknown)

    def add_scores(frames: Iterator[Any]) -> Iterator[Any]:
        for frame in frames:
            found = {name: list(values) for name, values in scorer.table(frame[column].to_list()).items()}
            yield frame.drop(columns=column).assign(**found)
    return add_scores
