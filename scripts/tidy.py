#!/usr/bin/env python3
"""tidy.py [--minutes N] <build folder> [path...]: runs clang-tidy on every source file of the compile database outside
the generators, or on those that lie in the paths (of the repository). Prints what it finds as it goes. With --minutes it
starts with the files that were committed last, and no check after N minutes; it says how many were left.

A file is checked again only where it, a header of the project that it includes, its compile command or .clang-tidy
changed since it was last found clean; where nothing changed, that is said within a second. A source of several programs
is checked once. Nothing need be built, but the few sources that include a header that the build makes are checked only
where it is there, and named where it is not. Exit code 1 where clang-tidy finds anything.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--minutes", type=float, default=float("inf"), metavar="N")
parser.add_argument("build")
parser.add_argument("paths", nargs="*", type=pathlib.Path)
arguments = parser.parse_args()
end = time.monotonic() + 60 * arguments.minutes
build = root / arguments.build
stamps = build / "tidy"
# Formulas and schedules are Halide expressions, on which the checks have little to say; clang-format reads them.
# nanobind's own sources are compiled from where they are installed.
left_out = ("cmake", "generators", "schedules", ".venv-python")


def options(command):
    """The compiler and its options, without the source, the output, and headers that only g++ can read precompiled."""
    words = iter(shlex.split(command))
    kept = []
    for argument in words:
        if argument in ("-o", "-c", "-include"):
            next(words)
        elif argument != "-Winvalid-pch":
            kept.append(argument)
    return kept[next(i for i, argument in enumerate(kept) if argument.endswith(("cc", "++"))):]


def sources_of(entry):
    """The source of an entry of the compile database; those of a batch (cmake/CompileTogether.cmake), one by one."""
    source = pathlib.Path(entry["file"])
    if source.name.startswith("unity_") and source.exists():
        return [pathlib.Path(name) for name in re.findall(r'^#include "(.*)"', source.read_text(), re.MULTILINE)]
    return [source]


def compile_options(paths):
    """Source file (relative) -> the compiler and its options, of the project's own files in the paths."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        for source in sources_of(entry):
            if root in source.parents and build not in source.parents:
                relative = source.relative_to(root)
                wanted = not paths or any(path in (relative, *relative.parents) for path in paths)
                if wanted and relative.parts[0] not in left_out:
                    found.setdefault(relative, options(entry["command"]))
    return found


def newest_first(sources):
    """The sources, in the order in which their last commits (or those of the headers beside them) go back."""
    log = subprocess.run(["git", "log", "--format=", "--name-only"], cwd=root, capture_output=True, text=True).stdout
    place = {}
    for name in filter(None, log.split("\n")):
        place.setdefault(str(pathlib.Path(name).with_suffix("")), len(place))
    return sorted(sources, key=lambda source: (place.get(str(source.with_suffix("")), len(place)), source))


def own_files(source, compiler):
    """What the verdict depends on within the project: the source, the headers that it includes, .clang-tidy. A header
    that is not there yet is taken to stand in the build folder."""
    listing = subprocess.run([*compiler, "-MM", "-MG", str(root / source)], cwd=build, check=True, capture_output=True,
                             text=True).stdout
    included = {(build / name).resolve() for name in listing.replace("\\\n", " ").split()[1:]}
    settings = {root / folder / ".clang-tidy" for folder in source.parents if (root / folder / ".clang-tidy").exists()}
    return sorted(str(file.relative_to(root)) for file in included | settings if root in file.parents)


def digest(compiler, files):
    total = hashlib.sha256(" ".join(compiler).encode())
    for file in files:
        total.update((root / file).read_bytes())
    return total.hexdigest()


def is_clean(stamp, compiler):
    """Whether the files that were read when the stamp was made are as they were then."""
    if not stamp.exists():
        return False
    seen = json.loads(stamp.read_text())
    return all((root / file).exists() for file in seen["files"]) and digest(compiler, seen["files"]) == seen["digest"]


def check(source, compiler):
    """What clang-tidy says of a file: nothing where it is clean; None where a header that the build makes is missing,
    or the time is over."""
    stamp = stamps / (str(source).replace("/", "_") + ".json")
    if is_clean(stamp, compiler):
        return ""
    if time.monotonic() > end:
        return None
    try:
        files = own_files(source, compiler)
    except subprocess.CalledProcessError as failure:
        return failure.stderr
    if not all((root / file).exists() for file in files):
        return None
    seen = json.dumps({"files": files, "digest": digest(compiler, files)})
    run = subprocess.run(["clang-tidy", "--quiet", str(root / source), "--", *compiler[1:]], cwd=build,
                         capture_output=True, text=True)
    if run.returncode == 0 and not run.stdout.strip():
        stamp.write_text(seen)
        return ""
    return run.stdout or run.stderr or f"clang-tidy failed on {source} without a word"


def main():
    stamps.mkdir(exist_ok=True)
    sources = compile_options(arguments.paths)
    clean, waiting = 0, []
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        try:
            checks = {pool.submit(check, source, sources[source]): source for source in newest_first(sources)}
            for done in concurrent.futures.as_completed(checks):
                if done.result():
                    print(done.result(), flush=True)
                elif done.result() is None:
                    waiting.append(str(checks[done]))
                else:
                    clean += 1
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise
    if waiting and time.monotonic() > end:
        print(f"clang-tidy: {len(waiting)} files were left when the time was over, those not committed for longest")
    elif waiting:
        print("clang-tidy: not checked before 'make build', which makes their headers:", *sorted(waiting))
    print(f"clang-tidy: {clean} of {len(sources) - len(waiting)} files are clean")
    return 0 if clean + len(waiting) == len(sources) else 1


if __name__ == "__main__":
    sys.exit(main())
