"""fsdnet on a GPU beside PyTorch (cuBLAS, cuDNN) in one run: the device's peaks, kernels, and the committed network.

Runs bench_devices, then the same shapes in PyTorch on the same device, and writes a table and JSON. Ratios above 1 are
ours. Exit code 1 where a target of docs/gpu.md ("Figures") is missed, 4 where there is no such device.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy
import py_torch
import torch
from networks import prepare

# Ours at least so many times as fast as PyTorch, or so much of the device's copy.
TARGETS = {"kld_linear, 4096 x 4096 x 4096": ("ratio", 0.7),
           "log_normalize, 64 states": ("of_copy", 0.8),
           "network, batch 1024": ("ratio", 3), "network, batch 16384": ("ratio", 3)}


def ours(program, device):
    """Best milliseconds, and what else was counted, by the name of the row."""
    rows = {"kld_linear, 4096 x 4096 x 4096": "kld_linear/.*sample=4096,input=4096,output=4096/",
            "log_normalize, 64 states": "^log_normalize/.*site=262144,group=1,state=64/",
            "log_normalize, 1000 states": "^log_normalize/.*site=16777,group=1,state=1000/",
            "network, batch 1024": "mnist/.*batch:1024/", "network, batch 16384": "mnist/.*batch:16384/"}
    found, context = {}, {}
    for name, expression in rows.items():
        command = [program, f"--device={device}", f"--benchmark_filter={expression}", "--benchmark_format=json",
                   "--benchmark_min_time=1"]
        result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if result.returncode != 0:
            sys.exit(result.returncode)
        report = json.loads(result.stdout)
        context = report["context"]
        row = report["benchmarks"][0]
        if row.get("error_occurred"):
            sys.exit(f"gpu: {row['name']}: {row['error_message']}")
        found[name] = {"ms": row["best_ms"], **{key: row[key] for key in ("of_fma_peak", "of_copy") if key in row}}
    return found, context


def synchronize(device):
    if device == "cuda":
        torch.cuda.synchronize()


def best_ms(run, device, rounds=20):
    """Of a call among many, as ours are timed: the host is ahead of the device."""
    run()
    synchronize(device)
    start = time.perf_counter()
    run()
    synchronize(device)
    calls = max(1, min(1000, int(5e-3 / (time.perf_counter() - start))))
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            run()
        synchronize(device)
        times.append((time.perf_counter() - start) / calls)
    return 1e3 * min(times)


def network_run(graph, images, device):
    """From images in the host's memory to log-posteriors there, as ours is timed."""
    def run():
        return graph(images.to(device)).cpu()
    return run


def theirs(device, program):
    random = torch.Generator().manual_seed(1)

    def drawn(*shape):
        return torch.randn(*shape, generator=random).to(device)

    matrix, weights, bias = drawn(4096, 4096), drawn(4096, 4096), drawn(4096)
    short, long = drawn(262144, 64), drawn(16777, 1000)
    rows = {"kld_linear, 4096 x 4096 x 4096":
            best_ms(lambda: torch.nn.functional.linear(matrix, weights, bias), device),
            "log_normalize, 64 states": best_ms(lambda: torch.log_softmax(short, -1), device),
            "log_normalize, 1000 states": best_ms(lambda: torch.log_softmax(long, -1), device)}
    with tempfile.TemporaryDirectory() as folder:
        _, file = prepare("mnist", folder, program)
        graph = py_torch.Graph(file).to(device)
    for batch in (1024, 16384):
        images = numpy.random.default_rng(1).integers(0, 256, (batch, 28, 28, 1), dtype=numpy.uint8)
        rows[f"network, batch {batch}"] = best_ms(network_run(graph, py_torch.tensor(images), device), device, 5)
    return rows


def table(rows):
    lines = ["| | fsdnet ms | PyTorch eager ms | ratio | of FMA peak | of copy | target |",
             "|---|---|---|---|---|---|---|"]
    for name, row in rows.items():
        shares = [f"{100 * row[key]:.0f} %" if key in row else "" for key in ("of_fma_peak", "of_copy")]
        target = "" if name not in TARGETS else "{1} ({0})".format(*TARGETS[name])
        lines.append(f"| {name} | {row['ms']:.3f} | {row['pytorch_ms']:.3f} | {row['ratio']:.2f} | "
                     f"{shares[0]} | {shares[1]} | {target} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0],
                                     epilog="Example: make bench-gpu device=cuda")
    parser.add_argument("--program", required=True, help="bench_devices")
    parser.add_argument("--fsdnet", required=True, help="the program fsdnet")
    parser.add_argument("--device", default="cuda", help="cuda; with opencl PyTorch runs on the CPU (cuda)")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/gpu"), help="folder (build/gpu)")
    options = parser.parse_args()
    device = "cuda" if options.device == "cuda" else "cpu"
    if device == "cuda" and not torch.cuda.is_available():
        print("gpu: this PyTorch finds no CUDA device.", file=sys.stderr)
        sys.exit(4)
    py_torch.settings(torch.get_num_threads())
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False  # float32, as ours is
    found, context = ours(options.program, options.device)
    for name, milliseconds in theirs(device, options.fsdnet).items():
        found[name].update(pytorch_ms=milliseconds, ratio=milliseconds / found[name]["ms"])
    options.out.mkdir(parents=True, exist_ok=True)
    report = {"context": {**context, "pytorch": torch.__version__}, "rows": found}
    (options.out / "gpu.json").write_text(json.dumps(report, indent=1) + "\n")
    text = table(found)
    (options.out / "gpu.md").write_text(text)
    print("\n".join(f"{key}: {context[key]}" for key in ("device", "fma_peak", "copy")) + "\n\n" + text, end="")
    missed = [name for name, (key, least) in TARGETS.items() if found[name][key] < least]
    if missed and device == "cuda":
        sys.exit("gpu: below the target: " + "; ".join(missed) + ".")


if __name__ == "__main__":
    main()
