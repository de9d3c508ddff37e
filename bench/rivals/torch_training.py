"""PyTorch's side of bench/rivals/training.py: a description of models/ as torch.nn modules, and an epoch of it."""
import gzip
import pathlib
import time

import numpy
import torch

from py_torch import tensor

LAST_RATE = 0.005  # of the first one, as fsdnet's schedule ends


def idx(data, name, header):
    with gzip.open(pathlib.Path(data) / "mnist" / name) as stream:
        return numpy.frombuffer(stream.read(), numpy.uint8, offset=header).copy()


def training_set(data):
    """Images as the numbers that the network reads, made before the clock starts, and labels."""
    images = tensor(idx(data, "train-images-idx3-ubyte.gz", 16)).reshape(-1, 1, 28, 28)
    return images.to(torch.float32) / 255, tensor(idx(data, "train-labels-idx1-ubyte.gz", 8)).to(torch.int64)


def modules(description):
    """Whatever models/*.json says in ordinary kinds, up to the logits; the loss takes their logarithm of softmax."""
    size = description["input"]
    channels, y, x = size["colors"], size["height"], size["width"]
    made, flat = [], False
    for layer in description["layers"]:
        if layer["op"] == "conv":
            window = layer["window_y"], layer["window_x"]
            made.append(torch.nn.Conv2d(channels, layer["channels"], window))
            channels, y, x = layer["channels"], y - window[0] + 1, x - window[1] + 1
        elif layer["op"] == "relu":
            made.append(torch.nn.ReLU(inplace=True))
        elif layer["op"] == "max_pool":
            stride = layer["pool_stride_y"], layer["pool_stride_x"]
            made.append(torch.nn.MaxPool2d((layer["pool_window_y"], layer["pool_window_x"]), stride))
            y, x = y // stride[0], x // stride[1]
        elif layer["op"] == "linear":
            if not flat:
                made.append(torch.nn.Flatten())
                channels, y, x, flat = channels * y * x, 1, 1, True
            made.append(torch.nn.Linear(channels, layer["channels"]))
            channels = layer["channels"]
        elif layer["op"] != "log_softmax":
            raise ValueError(f"{layer['op']} is not translated into PyTorch here")
    return torch.nn.Sequential(*made)


class Training:
    def __init__(self, description, seed, rate):
        torch.manual_seed(seed)
        torch.set_grad_enabled(True)
        self.network = modules(description)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=rate)
        self.rate = rate

    def parameters(self):
        return sum(parameter.numel() for parameter in self.network.parameters())

    def step(self, images, labels, done):
        """`done`: the part of the run that lies behind. The loss stays a tensor: reading it would wait."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * max(LAST_RATE, (1 + float(numpy.cos(numpy.pi * done))) / 2)
        self.optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(self.network(images), labels)
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def epoch(self, images, labels, batch):
        """Mean loss, and seconds of the process's CPU time and of the wall's."""
        starts = time.process_time(), time.perf_counter()
        order = torch.randperm(len(images))
        steps = len(images) // batch
        total = torch.zeros(())
        for index in range(steps):
            chosen = order[index * batch:(index + 1) * batch]
            total += self.step(images[chosen], labels[chosen], index / steps)
        loss = float(total) / steps
        return loss, time.process_time() - starts[0], time.perf_counter() - starts[1]
