#!/usr/bin/env python3
"""The tables of docs/depth.md: networks of 3 to 12 KLD layers on 5,000 images of MNIST and of 4 to 8 on as many of CIFAR-10,
each layer's mean H(h) and I(X;H) before the first step and behind the last one.

    .venv/bin/python bench/depth.py build/release/bin/fsdnet --report docs/depth

No test images: what is compared is the loss on training images that were held out."""
import argparse
import json
import pathlib
import subprocess
import tempfile

from depth_report import table_of, write_report

SOURCES = pathlib.Path(__file__).resolve().parent.parent


def convolutions(stage, name):
    return [layer for place, (window, states) in enumerate(stage) for layer in
            ({"op": "kld_conv", "name": f"{name}{place + 1}", "window_y": window, "window_x": window, "stride_y": 1,
              "stride_x": 1, "padding_y": window // 2, "padding_x": window // 2, "groups": 1, "states": states},
             {"op": "normalize"})]


def network(side, colors, stages, pool, window):
    """Stages of (window, states), each followed by a pool that halves the sides."""
    layers = []
    for name, stage in zip("abc", stages):
        layers += convolutions(stage, name)
        layers.append({"op": pool, "pool_window_y": window, "pool_window_x": window, "pool_stride_y": 2, "pool_stride_x": 2})
    layers += [{"op": "kld_linear", "name": "classes", "groups": 1, "states": 10}, {"op": "log_normalize"}]
    return {"input": {"height": side, "width": side, "colors": colors}, "layers": layers}


def digits(layers):
    return network(28, 1, [[(5, 16)], [(3, 16)] * (layers - 2)], "marginal_pool", 2)


def photos(*stages):
    return network(32, 3, stages, "renormalized_max_pool", 3)


# Data, options of `train`, and networks by their number of KLD layers.
STUDIES = {
    "MNIST": ("mnist", ["--images", "6000", "--holdout", "1000", "--epochs", "2"],
              {layers: digits(layers) for layers in (3, 5, 8, 12)}),
    "CIFAR-10": ("cifar10/cifar10-images.tar.gz",
                 ["--images", "6000", "--holdout", "1000", "--epochs", "4", "--flip", "--rate", "0.02"],
                 {4: photos([(5, 64)], [(5, 64)], [(5, 128)]),
                  6: photos([(5, 64)], [(3, 64)] * 2, [(3, 128)] * 2),
                  8: photos([(5, 64)], [(3, 64)] * 3, [(3, 96)] * 3)}),
}
# A step so small that float32 numbers stay as they were drawn.
NO_STEP = ["--images", "50", "--holdout", "0", "--epochs", "1", "--rate", "1e-12"]


def said_by(program, *words):
    command = [program, *map(str, words), "--json", "--threads", "1"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def layers_of(program, model, data):
    found = said_by(program, "inspect", "--model", model, "--data", data, "--split", "train", "--images", 500)
    return [{"entropy": layer["posterior_entropy"] / layer["entropy_maximum"], "information": layer["information"]}
            for layer in found["layers"] if "posterior_entropy" in layer]


def measured(program, folder, description, data, options):
    (folder / "network.json").write_text(json.dumps(description))
    model = folder / "network.safetensors"

    def trained(options):
        return said_by(program, "train", "--quiet", "--data", data, "--description", folder / "network.json", "--output", model, *options)

    trained(NO_STEP)
    begin = layers_of(program, model, data)
    report = trained(options)
    return {"parameters": report["parameters"], "loss": [epoch["loss"] for epoch in report["epochs"]],
            "held_out_loss": [epoch["held_out_loss"] for epoch in report["epochs"]],
            "begin": begin, "end": layers_of(program, model, data)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program", help="build/release/bin/fsdnet")
    parser.add_argument("--data", type=pathlib.Path, default=SOURCES / ".." / "shared" / "data", help="the folder above mnist and cifar10")
    parser.add_argument("--only", choices=STUDIES, help="this study alone")
    parser.add_argument("--report", type=pathlib.Path, help="write REPORT.md, REPORT.svg and REPORT.json, as docs/depth")
    arguments = parser.parse_args()
    studies = {}
    with tempfile.TemporaryDirectory() as place:
        for name in [arguments.only] if arguments.only else STUDIES:
            data, options, networks = STUDIES[name]
            studies[name] = {}
            for depth, description in networks.items():
                studies[name][str(depth)] = measured(arguments.program, pathlib.Path(place), description, arguments.data / data, options)
                print(table_of({str(depth): studies[name][str(depth)]}), flush=True)
    if arguments.report:
        write_report(arguments.report, studies, {name: " ".join(STUDIES[name][1]) for name in studies})


if __name__ == "__main__":
    main()
