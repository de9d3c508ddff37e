#!/usr/bin/env python3
"""compile_times.py <build folder> [--only REGEX] [--out FILE]: what each kernel costs to compile, per target.

Runs every generator of the build once per target, as build.ninja does but one target at a time and without its other
outputs, and takes the CPU time of the process and the size of the object. Writes JSON to FILE (compile_times.json in the
build folder) and prints a Markdown table, the slowest first, with the total. Builds the generators first: `make build`.
"""
import argparse
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile


class Failure(Exception):
    """A sentence for the user."""


def generator_calls(build):
    """(kernel, program, op, targets, parameters) of every kernel library in build.ninja."""
    rules = build / "build.ninja"
    if not rules.is_file():
        raise Failure(f"'{build}' has no build.ninja; give the folder of a configured build, for example build/release.")
    calls = []
    for line in rules.read_text().splitlines():
        found = re.search(r"&& (\S+\.generator -n .*)$", line)
        if not found:
            continue
        program, *arguments = shlex.split(found.group(1).split(" && ")[0])
        options = dict(zip(arguments, arguments[1:]))
        assigned = [argument for argument in arguments if re.match(r"\w+(\.\w+)*=", argument)]
        targets = next((a.split("=", 1)[1].split(",") for a in assigned if a.startswith("target=")), [])
        calls.append((options["-f"], program, options["-g"], targets,
                      [argument for argument in assigned if not argument.startswith("target=")]))
    if not calls:
        raise Failure(f"'{rules}' runs no generator; it does not come from this project.")
    return calls


def compile_once(kernel, program, op, target, parameters):
    """CPU seconds and bytes of the object."""
    if not os.access(program, os.X_OK):
        raise Failure(f"The generator '{program}' is not built yet; run 'make build' first.")
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen([program, "-n", kernel, "-d", "0", "-g", op, "-f", kernel, "-e", "object", "-o", folder,
                                    f"target={target}", *parameters])
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise Failure(f"{program} ends with {process.returncode} for the target {target}.")
        size = sum(path.stat().st_size for path in pathlib.Path(folder).glob("*.o"))
    return usage.ru_utime + usage.ru_stime, size


def short_names(build):
    """Halide's targets -> the names of cmake/InstructionSets.cmake."""
    table = (build / "generated" / "instruction_set_table.h").read_text()
    return {target: name for name, target in re.findall(r'^ *\{"(\w+)", "\w+", "([\w-]+)"', table, re.MULTILINE)}


def markdown(rows):
    """The kernels, the slowest first, with a column of CPU seconds per target."""
    targets = list(dict.fromkeys(row["target"] for row in rows))
    kernels = {}
    for row in rows:
        kernels.setdefault(row["kernel"], {})[row["target"]] = row
    slowest = sorted(kernels.items(), key=lambda item: -sum(row["seconds"] for row in item[1].values()))

    def line(name, seconds, size):
        cells = [f"{seconds(target):.1f}" for target in targets]
        return f"| {name} | {' | '.join(cells)} | {sum(map(seconds, targets)):.1f} | {size / 1024:.0f} |"

    lines = [f"| kernel | {' | '.join(targets)} | all, s | objects, KiB |", "|---" * (len(targets) + 3) + "|"]
    for name, of_target in slowest:
        lines.append(line(name, lambda target: of_target[target]["seconds"] if target in of_target else 0,
                          sum(row["bytes"] for row in of_target.values())))
    lines.append(line(f"all {len(kernels)} kernels", lambda target: sum(row["seconds"] for row in rows if row["target"] == target),
                      sum(row["bytes"] for row in rows)))
    return "\n".join(lines)


def measure(build, only):
    rows, names = [], short_names(build)
    calls = [call for call in generator_calls(build) if re.search(only, call[0])]
    if not calls:
        raise Failure(f"No kernel of '{build}' matches '{only}'.")
    for kernel, program, op, targets, parameters in calls:
        for target in targets:
            seconds, size = compile_once(kernel, program, op, target, parameters)
            rows.append({"kernel": kernel, "target": names.get(target.removesuffix("-no_runtime"), target),
                         "seconds": round(seconds, 3), "bytes": size})
            print(f"{kernel} {rows[-1]['target']}: {seconds:.2f} s, {size} bytes", file=sys.stderr, flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path, help="folder of a built preset, for example build/release")
    parser.add_argument("--only", default="", help="kernels whose name has this regular expression")
    parser.add_argument("--out", type=pathlib.Path, help="where the JSON goes")
    options = parser.parse_args()
    rows = measure(options.build, options.only)
    document = {"unit": "CPU seconds of the generator's process", "total_seconds": round(sum(r["seconds"] for r in rows), 1),
                "total_bytes": sum(row["bytes"] for row in rows), "kernels": rows}
    out = options.out or options.build / "compile_times.json"
    out.write_text(json.dumps(document, indent=1) + "\n")
    print(markdown(rows))


if __name__ == "__main__":
    try:
        main()
    except (Failure, OSError, re.error) as failure:
        sys.exit(f"compile_times.py: {failure}")
