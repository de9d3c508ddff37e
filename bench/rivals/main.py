"""fsdnet and its rivals in one run: same networks, same operators, outputs compared first, times taken turn by turn.

Exit code 1 where a rival's result differs from ours by more than the tolerance.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

import load
import picture
import report

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def machine():
    names = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {len(os.sched_getaffinity(0))} CPUs usable"


# Variables that hold somebody to less than the machine has.
HOLDING_BACK = ("ATEN_CPU_CAPABILITY", "DNNL_MAX_CPU_ISA", "FSDNET_INSTRUCTION_SET", "MKL_CBWR", "MKL_ENABLE_INSTRUCTIONS",
                "NPY_DISABLE_CPU_FEATURES", "ONEDNN_MAX_CPU_ISA", "OPENBLAS_CORETYPE")


def environment(threads):
    """As many threads for everyone; who waits for work soon sleeps, so that it is not in the other one's way."""
    count = str(threads)
    free = {name: value for name, value in os.environ.items() if name not in HOLDING_BACK}
    return {**free, "OMP_NUM_THREADS": count, "OPENBLAS_NUM_THREADS": count, "MKL_NUM_THREADS": count,
            "GOMP_SPINCOUNT": "100000", "KMP_BLOCKTIME": "1", "PYTHONPATH": str(HERE)}


def progress(done, row):
    if sys.stderr.isatty() and "kernels" not in row:
        what = "missing" if "missing" in row else "wrong" if "mismatch" in row else f"{row['ratio']:.2f}"
        print(f"\r\033[K{done} done: {report.label(row)}, {row['rival']}: {what}", end="", file=sys.stderr, flush=True)


def measured(options, threads, done):
    """The rows of one number of threads, from a process of its own on as many CPUs."""
    cpus = sorted(os.sched_getaffinity(0))[:threads]
    command = [sys.executable, str(HERE / "worker.py"), "--library", options.library, "--program", options.program,
               "--data", options.data, "--threads", str(threads), "--rounds", str(options.rounds), "--only", options.only,
               "--batch", *map(str, options.batch)]
    rows = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(threads),
                          preexec_fn=lambda: os.sched_setaffinity(0, cpus)) as worker:
        for line in worker.stdout:
            if line.startswith("{"):  # libraries may print their own remarks
                rows.append(json.loads(line))
                progress(done + len(rows), rows[-1])
    if worker.returncode != 0:
        sys.exit(f"rivals: the measuring process for {threads} threads ended with code {worker.returncode}; its "
                 "message is above.")
    return rows


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: scripts/rivals.sh --only 'network mnist'")
    parser.add_argument("--library", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", default=str(ROOT / ".." / "shared" / "data"), help="folder that has mnist/")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="numbers of threads (1 2)")
    parser.add_argument("--batch", type=int, nargs="+", default=[1, 64, 1024], help="images per call (1 64 1024)")
    parser.add_argument("--rounds", type=int, default=15, help="turns of each contender (15)")
    parser.add_argument("--only", default="", help="cases whose name has this regular expression")
    parser.add_argument("--pytorch", choices=("debian", "pypi"), default="debian", help="Debian's package, or PyPI's, "
                        "which brings torch.compile and 5 GB (debian)")
    parser.add_argument("--output", default=str(ROOT / "build" / "rivals"), help="folder for the results (build/rivals)")
    return parser.parse_args()


def main():
    options = parsed()
    folder = pathlib.Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    rows, watch = [], load.Watch()
    for threads in options.threads:
        if threads > len(os.sched_getaffinity(0)):
            rows.append({"case": "all", "precision": "", "batch": None, "threads": threads, "rival": "all",
                         "version": None, "missing": f"this machine has no {threads} CPUs"})
            continue
        rows += measured(options, threads, len(rows))
    shown = [argument for argument in sys.argv[1:] if argument not in (
        "--library", options.library, "--program", options.program, "--output", options.output)]
    facts = [row for row in rows if "kernels" in row]
    rows = [row for row in rows if "kernels" not in row]
    document = {"machine": machine(), "date": datetime.date.today().isoformat(),
                "load": watch.load, "others": watch.others(), "facts": facts,
                "command": " ".join(["scripts/rivals.sh", *shown]), "rows": rows}
    (folder / "rivals.json").write_text(json.dumps(document, indent=1) + "\n")
    (folder / "rivals.md").write_text(report.markdown(document))
    (folder / "rivals.svg").write_text(picture.svg(document))
    (folder / "rivals-behind.svg").write_text(picture.svg(document, below=picture.CLOSE))
    print("\r\033[K" * sys.stderr.isatty() + report.markdown(document), end="")
    wrong = [row for row in rows if "mismatch" in row]
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
