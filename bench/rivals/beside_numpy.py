"""What the benchmarks of analyses share: a program of bench/ and NumPy in turns, one thread each, the best time of each.
Import it before numpy, whose threads it limits."""
import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import argparse
import json
import math
import subprocess
import time

import numpy


def best(work, least=0.5):
    """Seconds of CPU time of the fastest of repetitions that take `least` seconds together."""
    work()
    times, start = [], time.process_time()
    while time.process_time() - start < least or not times:
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times)


def compare(description, numpy_times):
    """The script's command line: runs the program, which prints seconds by name as JSON, and numpy_times() in turns."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output")
    arguments = parser.parse_args()
    fsdnet, rival = {}, {}
    for _ in range(arguments.rounds):
        for times, found in ((fsdnet, json.loads(subprocess.check_output([arguments.program]))), (rival, numpy_times())):
            for name, seconds in found.items():
                times[name] = min(seconds, times.get(name, math.inf))
    print(f"{'':40}{'fsdnet, ms':>12}{'NumPy, ms':>12}{'times':>8}")
    for name, seconds in fsdnet.items():
        other = f"{1e3 * rival[name]:12.2f}{rival[name] / seconds:8.1f}" if name in rival else ""
        print(f"{name:40}{1e3 * seconds:12.3f}{other}")
    if arguments.output:
        with open(arguments.output, "w") as file:
            json.dump({"numpy": numpy.__version__, "rounds": arguments.rounds, "fsdnet": fsdnet, "NumPy": rival}, file, indent=2)
