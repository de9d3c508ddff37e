"""Paths as the module takes them."""
from __future__ import annotations

import os

from fsdnet.errors import InputError

PathLike = str | os.PathLike[str]


def text_of(path: PathLike) -> str:
    """The path as text. Raises TypeError for what is no path, InputError for a NUL, where the system would stop reading."""
    text = os.fsdecode(path)
    if "\0" in text:
        raise InputError(f"path: one without NUL is needed; found {text!r}.")
    return text
