"""The command line that the package carries: where it lies, and what it reports."""
from __future__ import annotations

import json
import pathlib
import subprocess
from typing import Any

from fsdnet.errors import error_of

PROGRAM = pathlib.Path(__file__).parent / "bin" / "fsdnet"


def report_of(verb: str, words: list[str]) -> Any:
    """What the verb says with --json. Raises as its exit code says."""
    outcome = subprocess.run([str(PROGRAM), verb, *words, "--json", "--quiet"], capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        raise error_of(outcome.returncode, outcome.stderr.strip().removeprefix("fsdnet: "))
    return json.loads(outcome.stdout)
