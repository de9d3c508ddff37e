#!/usr/bin/env python3
"""reader_coverage.py [--missing]: how many lines of everything that reads a stranger's files the fuzzers' inputs reach,
as the table of docs/trust.md: the seeds alone, and with what `make fuzz` and `make daily` have learned (build/fuzz/corpus).
With --missing, the lines that none reaches, too. Kernels are taken from build/release.

Fuzzers are built once more, in build/coverage: clang counts the lines (preset coverage), llvm-cov adds them up. The program
that makes the seeds counts as well: some sources hold a writer beside the reader.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
build, corpus = root / "build/coverage", root / "build/fuzz/corpus"
at_once = 1000  # files on a command line
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--missing", action="store_true")
arguments = parser.parse_args()

# Reader: its sources.
readers = {
    "containers": ["runtime/formats/safetensors_reader.cpp", "runtime/formats/input_file.cpp"],
    "JSON": ["runtime/formats/json_reader.cpp"],
    "models": ["runtime/models/model_*.cpp", "runtime/models/novelty_file.cpp"],
    "quantized models": ["toolkit/quantization/quantized_file.cpp"],
    "checkpoints": ["toolkit/training/checkpoint*.cpp"],
    "NumPy arrays": ["toolkit/npy/npy*.cpp"],
    "IDX": ["toolkit/datasets/idx.cpp", "toolkit/datasets/byte_reader.cpp"],
    "CIFAR-10": ["toolkit/datasets/cifar10.cpp"],
    "archives": ["toolkit/datasets/tar.cpp", "toolkit/datasets/archive.cpp", "toolkit/datasets/image_archive.cpp"],
    "NumPy archives": ["toolkit/datasets/npz.cpp"],
    "tables": ["toolkit/datasets/image_table.cpp"],
    "images": ["toolkit/image_files/decode_image.cpp", "toolkit/image_files/orientation.cpp",
               "toolkit/image_files/formats/*.cpp"],
    "logs of searches": ["toolkit/tuning/journal*.cpp", "toolkit/tuning/record.cpp"],
    "ONNX": ["toolkit/onnx/import/*.cpp", "toolkit/onnx/import/operators/*.cpp"],
    "requests": ["toolkit/demo/routes.cpp", "toolkit/demo/http_server.cpp", "toolkit/demo/demo_server.cpp",
                 "toolkit/demo/picture_bytes.cpp"],
}


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, cwd=root, **options)


def built():
    """The fuzzers, that of the seeds first."""
    run("scripts/packages.sh", "coverage")
    run(".venv/bin/cmake", "--preset", "coverage", "-DFSDNET_GPU=OFF",
        f"-DFSDNET_PREBUILT_KERNELS={root}/build/release", stdout=subprocess.DEVNULL)
    run(".venv/bin/cmake", "--build", "--preset", "coverage", "--parallel", os.cpu_count(), stdout=sys.stderr)
    return sorted((build / "bin").glob("fuzz_*"), key=lambda path: path.name != "fuzz_seeds")


def counts(kind, programs, inputs_of):
    """Runs each program over its inputs; the merged counts, None where there are no inputs."""
    profiles, merged = build / "profiles" / kind, build / f"{kind}.profdata"
    shutil.rmtree(profiles, ignore_errors=True)
    profiles.mkdir(parents=True)
    for program in programs:
        name = program.name.removeprefix("fuzz_")
        inputs = inputs_of(name)
        for first in range(0, len(inputs), at_once):
            environment = {**os.environ, "LLVM_PROFILE_FILE": str(profiles / f"{name}-{first}.profraw")}
            run(program, *inputs[first:first + at_once], env=environment, stderr=subprocess.DEVNULL)
    found = sorted(profiles.glob("*.profraw"))
    if not found:
        return None
    run("llvm-profdata", "merge", "-sparse", *found, "-o", merged)
    return merged


def lines_of(merged, programs):
    """Source file -> {line: whether it was reached}, by llvm-cov's lcov export."""
    objects = [word for program in programs for word in ("-object", program)]
    exported = run("llvm-cov", "export", "-format=lcov", f"-instr-profile={merged}", *objects[1:],
                   stdout=subprocess.PIPE, text=True).stdout
    lines, current = {}, None
    for entry in exported.splitlines():
        kind, _, value = entry.partition(":")
        if kind == "SF":
            # The compiler was told to leave the folder of the sources out of names (-ffile-prefix-map).
            current = lines.setdefault(os.path.relpath(value, "build/coverage"), {})
        elif kind == "DA":
            number, count = value.split(",")[:2]
            current[int(number)] = current.get(int(number), False) or int(count) > 0
    return lines


def ranges(numbers):
    """[3, 4, 5, 9] -> "3-5, 9"."""
    found = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def reached_lines(lines, patterns):
    """Of a reader's sources: file -> {line: whether it was reached}; those that no fuzzer links have none."""
    files = [str(path.relative_to(root)) for pattern in patterns for path in sorted(root.glob(pattern))]
    return {file: lines.get(file, {}) for file in files}


def share(files):
    reached = [was for lines in files.values() for was in lines.values()]
    return f"{100 * sum(reached) / max(len(reached), 1):.1f} %"


programs, seeds = built(), build / "seeds"
shutil.rmtree(seeds, ignore_errors=True)
of_seeds = counts("seeds", programs, lambda name: [seeds] if name == "seeds" else sorted((seeds / name).glob("*")))
of_corpus = counts("corpus", programs, lambda name: sorted((corpus / name).glob("*")))
of_both = build / "all.profdata"
run("llvm-profdata", "merge", "-sparse", of_seeds, *([of_corpus] if of_corpus else []), "-o", of_both)
alone, together = lines_of(of_seeds, programs), lines_of(of_both, programs)
print("| reader | lines | by the seeds | with what was learned |\n|---|---|---|---|")
missing = []
for reader, patterns in readers.items():
    files = reached_lines(together, patterns)
    print(f"| {reader} | {sum(map(len, files.values()))} | {share(reached_lines(alone, patterns))} | {share(files)} |")
    missing += [(file, ranges(line for line, was in lines.items() if not was)) for file, lines in files.items()]
    missing += [(file, "all") for file, lines in files.items() if not lines]
if arguments.missing:
    print("\n".join(f"{file}: {which}" for file, which in missing if which))
