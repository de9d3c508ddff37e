"""The commands that README.md and docs/ show, and how the tests run them."""
import pathlib
import re
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md",
             *(page for folder in ("docs", "docs/tutorials", "docs/howto") for page in sorted((ROOT / folder).glob("*.md")))]

# What is not run, and why. Options of `fsdnet` and targets of `make` must exist all the same.
LEFT_OUT = [
    (r"make (demo|install|test|bench|bench-\w+|gpu-bundle)\b", "builds everything, or measures for an hour"),
    (r"(scripts|bench)/", "measures, for minutes, or draws what was measured"),
    (r"build/release/bin/bench_", "measures, for minutes"),
    (r"pip install ", "builds a wheel; the test `python` tests what it holds"),
    (r"\S*fsdnet tune (?!normalize )", "measures for minutes and writes into schedules/tuned/; the tests `tuning` and `adoption` do so elsewhere"),
    (r"cmake |build/own_shape", "the test `package` builds such a project against an installed tree"),
    (r"<folder>/", "needs an installed tree"),
    (r"\S*fsdnet kernels (run )?leaky_relu", "an operator that the page shows how to add"),
    (r"fsdnet train \.\.\.", "names an option, not a whole command"),
]

# What is run otherwise than it stands there: the test's data are a cut of MNIST's (scenery.py).
INSTEAD = [
    (r"^(fsdnet train (?!.*--epochs).*)$", r"\1 --epochs 1"),  # 12 epochs, or 24
    (r"--holdout 5000", "--holdout 300"),  # of 60,000 images, here of 1,200
    (r"--shape site=576,group=16,state=10 --budget 60s", "--shape site=8,group=2,state=10 --budget 1s --candidates 1 --autoscheduler Mullapudi2016"),
    (r"^build/release/bin/fsdnet", "fsdnet"),
    (r"models/mnist-relu-16-32.safetensors$", "relu.safetensors"),  # of what trains a committed model
]

# What ends with another exit code than 0, and the document says so.
EXIT_CODES = [(r"fsdnet import light_zfnet512\.onnx", 4)]

# What ends by a signal when it is ready.
SERVERS = r"fsdnet demo\b"

# What takes seconds of a core: so many days for all of them; what uses a compiled network waits with it.
DAYS = 4
TAKES_LONG = r"fsdnet compile |fsdnet quantize .*--certify|fsdnet prune |fsdnet analyze (teacher|features|aggregation)|fsdnet tune "

USES_COMPILED = r"cc |\S+-gcc |qemu-|wasm-ld |\./|fsdnet (bench|evaluate) .*--compiled"


@dataclass
class Command:
    document: pathlib.Path
    line: int
    block: int  # the line of its fence
    words: str  # as it stands there, lines joined, without a comment

    def __str__(self):
        return f"{self.document.relative_to(ROOT)}:{self.line}: {self.words}"


def commands_of(document):
    """What stands behind `$` in blocks of a console; every line of blocks of the shell or of no language that begins as a
    command does."""
    found, language, block, joined = [], None, 0, None
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        fence = re.match(r" *```(\w*)", line)
        if fence:
            language, block, joined = (fence[1] if language is None else None), number, None
        elif language in ("", "sh", "console"):
            begins = r"\$ (?=\S)" if language == "console" else r"(?=(build/release/bin/)?fsdnet |make |scripts/|bench/|build/|pip )"
            if joined is None:
                if not re.match(begins, line):
                    continue
                joined, begin = "", number
            joined += re.sub(r"\s{2,}# .*|^\$ |\\$", "", line)
            if not line.endswith("\\"):
                found.append(Command(document, begin, block, joined.strip()))
                joined = None
    return found


def left_out(command):
    """Why it is not run, or None."""
    return next((reason for pattern, reason in LEFT_OUT if re.match(pattern, command.words)), None)


def as_run(command):
    words = command.words
    for pattern, replacement in INSTEAD:
        words = re.sub(pattern, replacement, words)
    return words
