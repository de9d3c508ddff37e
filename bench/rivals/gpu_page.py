#!/usr/bin/env python3
"""A page of what bench/device/measure.sh found on a machine with a GPU: tests, kernels, the network, beside PyTorch.

Ratios above 1 are ours. Exit code 1 where a test failed or a target of docs/gpu.md ("Figures") is missed on CUDA,
3 where the folder has no results.
"""
import argparse
import json
import pathlib
import re
import sys

# By row: the name of its benchmark.
ROWS = {"kld_linear, 4096 x 4096 x 4096": "kld_linear/.*sample=4096,input=4096,output=4096/",
        "log_normalize, 64 states": "^log_normalize/.*site=262144,group=1,state=64/",
        "log_normalize, 1000 states": "^log_normalize/.*site=16777,group=1,state=1000/",
        "network, batch 1024": "^network/.*batch:1024/", "network, batch 16384": "^network/.*batch:16384/"}
# Ours at least so many times as fast as PyTorch, or so much of the device's copy.
TARGETS = {"kld_linear, 4096 x 4096 x 4096": ("ratio", 0.7),
           "log_normalize, 64 states": ("of_copy", 0.8),
           "network, batch 1024": ("ratio", 3), "network, batch 16384": ("ratio", 3)}
SHARES = ("of_fma_peak", "of_copy")


def report_in(file):
    """What Google Benchmark wrote; None where it was not there or ended midway."""
    try:
        return json.loads(file.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def tests_in(results):
    """By name of the step: its exit code and seconds."""
    lines = (results / "tests.txt").read_text().splitlines()
    return {name: (int(code), int(seconds)) for name, code, seconds in map(str.split, lines)}


def rows_of(benchmarks, pytorch):
    found = {}
    for name, expression in ROWS.items():
        row = next((row for row in benchmarks if re.search(expression, row["name"])), None)
        if row is None or row.get("error_occurred"):
            continue
        found[name] = {"ms": row["best_ms"], **{key: row[key] for key in SHARES if key in row}}
        if name in pytorch:
            found[name].update(pytorch_ms=pytorch[name], ratio=pytorch[name] / row["best_ms"])
    return found


def percent(row, key):
    return f"{100 * row[key]:.0f} %" if key in row else ""


def table(rows):
    lines = ["| | fsdnet ms | PyTorch eager ms | ratio | of FMA peak | of copy | target |", "|---|---|---|---|---|---|---|"]
    for name, row in rows.items():
        target = "{1} ({0})".format(*TARGETS[name]) if name in TARGETS else ""
        theirs = [f"{row[key]:.{digits}f}" if key in row else "" for key, digits in (("pytorch_ms", 3), ("ratio", 2))]
        cells = [name, f"{row['ms']:.3f}", *theirs, *(percent(row, key) for key in SHARES), target]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def kernel_table(benchmarks):
    lines = ["| kernel | ms | of FMA peak | of copy |", "|---|---|---|---|"]
    for row in benchmarks:
        cells = ([f"{row['best_ms']:.3f}", *(percent(row, key) for key in SHARES)] if not row.get("error_occurred") else
                 [row["error_message"], "", ""])
        lines.append("| " + " | ".join([row["name"].replace("/manual_time", ""), *cells]) + " |")
    return lines


def is_cuda(benchmarks):
    """Targets are those of NVIDIA's GPUs; OpenCL's device may be a CPU."""
    return any("/cuda/" in row["name"] for row in benchmarks)


def faults_of(tests, benchmarks, rows):
    """What failed and what is below its target, a sentence each."""
    said = {124: "is out of time", 137: "is out of time"}
    faults = [f"{name} {said.get(code, f'ended with code {code}')}." for name, (code, _) in tests.items() if code]
    faults += [f"{row['name']}: {row['error_message']}" for row in benchmarks if row.get("error_occurred")]
    for name, (key, least) in TARGETS.items() if is_cuda(benchmarks) else ():
        value = rows.get(name, {}).get(key)
        if value is not None and value < least:
            faults.append(f"{name}: {key} is {value:.2f}, its target {least}.")
    return faults


def page(results):
    """The text, the figures, and what is wrong."""
    report = report_in(results / "rows.json") or {"context": {}, "benchmarks": []}
    pytorch = report_in(results / "pytorch.json") or {"ms": {}}
    kernels = report_in(results / "kernels_timed.json") or {"benchmarks": []}
    tests, context = tests_in(results), report["context"]
    rows = rows_of(report["benchmarks"], pytorch["ms"])
    faults = faults_of(tests, report["benchmarks"] + kernels["benchmarks"], rows)
    versions = {"pytorch": pytorch["version"] + " on " + pytorch["device"]} if "version" in pytorch else {}
    about = {**{key: context[key] for key in ("device", "fma_peak", "copy") if key in context}, **versions}
    lines = ["# Measured on a GPU", "", *(f"- {key}: {value}" for key, value in about.items()), "", "```",
             (results / "machine.txt").read_text().rstrip(), "```", "",
             *(f"- {name}: {'passed' if code == 0 else 'FAILED'}, {seconds} s" for name, (code, seconds) in tests.items()),
             "", *(["Wrong or below its target:", "", *(f"- {fault}" for fault in faults), ""] if faults else []),
             *table(rows), "", *(kernel_table(kernels["benchmarks"]) if kernels["benchmarks"] else [])]
    return "\n".join(lines).rstrip() + "\n", {"context": about, "rows": rows, "tests": tests}, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0],
                                     epilog="Example: make gpu-page results=results")
    parser.add_argument("results", type=pathlib.Path, help="the folder that measure.sh wrote")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/gpu"), help="folder (build/gpu)")
    options = parser.parse_args()
    if not (options.results / "tests.txt").is_file():
        print(f"'{options.results}' has no tests.txt: give the folder that measure.sh wrote.", file=sys.stderr)
        sys.exit(3)
    text, figures, faults = page(options.results)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "gpu.md").write_text(text)
    (options.out / "gpu.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(text, end="")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
