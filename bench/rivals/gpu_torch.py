"""PyTorch (cuBLAS, cuDNN) on the shapes of gpu_page.py's table: `gpu_torch.py DEVICE NETWORK.npz RESULT.json`.

Needs PyTorch and NumPy alone, as it travels in the archive of `make gpu-bundle`. Best milliseconds by the name of the row.
For opencl PyTorch runs on the CPU.
"""
import json
import sys
import time

import numpy
import torch
from torch_graph import load, settings, tensor

PATIENCE = 5e-3  # seconds of calls, before the device is waited for


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
    calls = max(1, min(1000, int(PATIENCE / (time.perf_counter() - start))))
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


def measured(device, network):
    random = torch.Generator().manual_seed(1)

    def drawn(*shape):
        return torch.randn(*shape, generator=random).to(device)

    matrix, weights, bias = drawn(4096, 4096), drawn(4096, 4096), drawn(4096)
    short, long = drawn(262144, 64), drawn(16777, 1000)
    rows = {"kld_linear, 4096 x 4096 x 4096":
            best_ms(lambda: torch.nn.functional.linear(matrix, weights, bias), device),
            "log_normalize, 64 states": best_ms(lambda: torch.log_softmax(short, -1), device),
            "log_normalize, 1000 states": best_ms(lambda: torch.log_softmax(long, -1), device)}
    graph = load(network).to(device)
    for batch in (1024, 16384):
        images = numpy.random.default_rng(1).integers(0, 256, (batch, 28, 28, 1), dtype=numpy.uint8)
        rows[f"network, batch {batch}"] = best_ms(network_run(graph, tensor(images), device), device, 5)
    return rows


def main():
    device, network, result = sys.argv[1:]
    device = "cuda" if device == "cuda" else "cpu"
    if device == "cuda" and not torch.cuda.is_available():
        sys.exit("This PyTorch finds no CUDA device.")
    settings(torch.get_num_threads())
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False  # float32, as ours is
    with open(result, "w", encoding="utf-8") as file:
        json.dump({"version": torch.__version__, "device": device, "ms": measured(device, network)}, file, indent=1)


if __name__ == "__main__":
    main()
