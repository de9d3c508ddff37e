"""What networks are made of."""
from __future__ import annotations

import json
from typing import Any

from fsdnet import _fsdnet
from fsdnet.data import Dataset
from fsdnet.model import Model


def inspect(model: Model, data: Dataset | None = None, device: str = "cpu") -> dict[str, Any]:
    """What `fsdnet inspect --json` says: input, classes, parameters, and for each layer shape, attributes, statistics of its
    tensors, entropies of its filters; with data also its information I(X;H) and entropies. All in nats. The data are read
    as they are; all posteriors of one layer are held at a time. Raises InputError where the data are not the model's."""
    found: dict[str, Any] = json.loads(
        _fsdnet.describe(model._handle, None if data is None else data._handle, device))
    return found
