#!/usr/bin/env python3
"""tidy.py <build folder> [path...]: runs clang-tidy on every source file of the compile database outside the generators,
or on those that lie in the paths (of the repository). Prints what it finds as it goes.

A file is checked again only where it, a header of the project that it includes, its compile command or .clang-tidy
changed since it was last found clean. Exit code 1 where clang-tidy finds anything.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
build = root / sys.argv[1]
stamps = build / "tidy"
# Formulas and schedules are Halide expressions, on which the checks have little to say; clang-format reads them.
left_out = ("generators", "schedules")


def compile_commands(paths):
    """Source file (relative) -> arguments of the compiler, of the project's own files in the paths."""
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        if root in source.parents and build not in source.parents:
            relative = source.relative_to(root)
            wanted = not paths or any(path in (relative, *relative.parents) for path in paths)
            if wanted and relative.parts[0] not in left_out:
                commands[relative] = shlex.split(entry["command"])
    return commands


def digest(source, arguments):
    """Of everything that the verdict depends on within the project."""
    compiler = next(i for i, argument in enumerate(arguments) if argument.endswith("++"))
    listing = subprocess.run(
        arguments[compiler:arguments.index("-o")] + ["-MM", str(root / source)],
        cwd=build, check=True, capture_output=True, text=True).stdout
    files = {pathlib.Path(name) for name in listing.replace("\\\n", " ").split()[1:]}
    total = hashlib.sha256(" ".join(arguments).encode())
    for file in sorted(file for file in files | {root / ".clang-tidy"} if root in file.parents):
        total.update(file.read_bytes())
    return total.hexdigest()


def check(source, arguments):
    """What clang-tidy says of a file; nothing where it is clean."""
    stamp = stamps / (str(source).replace("/", "_") + ".clean")
    current = digest(source, arguments)
    if stamp.exists() and stamp.read_text() == current:
        return ""
    run = subprocess.run(["clang-tidy", "-p", str(build), "--quiet", str(root / source)],
                         capture_output=True, text=True)
    if run.returncode == 0 and not run.stdout.strip():
        stamp.write_text(current)
        return ""
    return run.stdout or run.stderr or f"clang-tidy failed on {source} without a word"


def main():
    stamps.mkdir(exist_ok=True)
    commands = compile_commands([pathlib.Path(path) for path in sys.argv[2:]])
    dirty = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for complaint in concurrent.futures.as_completed([pool.submit(check, *item) for item in commands.items()]):
            if complaint.result():
                dirty += 1
                print(complaint.result(), flush=True)
    print(f"clang-tidy: {len(commands) - dirty} of {len(commands)} files are clean")
    return 1 if dirty else 0


if __name__ == "__main__":
    sys.exit(main())
