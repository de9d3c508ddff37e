"""Ray Data: `data.map_batches(fsdnet.ray.scores(model), batch_format="numpy")`; tested where Ray is installed."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fsdnet._paths import PathLike
from fsdnet.model import Model
from fsdnet.scoring import Scorer


def scores(model: Model | PathLike, column: str = "image",
           unknown: float | None = None) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """For map_batches(): columns log_posterior, novelty, p_value, decision in place of `column`, which holds arrays as for
    Network.run(), or paths or bytes of image files."""
    scorer = Scorer(model, unknown)

    def add_scores(batch: dict[str, Any]) -> dict[str, Any]:
        rest = {name: values for name, values in batch.items() if name != column}
        return {**rest, **scorer.table(batch[column])}
    return add_scores
