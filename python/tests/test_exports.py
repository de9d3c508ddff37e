"""Inspection, ONNX, 8-bit integers, C libraries, the command line."""
import ctypes
import json
import subprocess
import sys

import numpy
import pytest

import fsdnet


def test_inspect_says_what_the_command_line_says(model, images):
    found = fsdnet.inspect(model)
    printed = json.loads(subprocess.run(["fsdnet", "inspect", "--json"], capture_output=True, check=True).stdout)
    printed.pop("model")
    assert found == printed and found["parameters"] == model.parameter_count
    informed = fsdnet.inspect(model, fsdnet.Dataset(images, numpy.arange(5), model.classes))
    assert any(layer.get("information", 0) > 0 for layer in informed["layers"])


def test_a_network_becomes_onnx(model, tmp_path):
    assert fsdnet.export_onnx(model, tmp_path / "digits.onnx") == (tmp_path / "digits.onnx").stat().st_size > 10000
    with pytest.raises(OSError, match="cannot be written"):
        fsdnet.export_onnx(model, tmp_path / "no-folder" / "digits.onnx")


def test_onnx_becomes_the_network_that_was_exported(model, images, tmp_path):
    fsdnet.export_onnx(model, tmp_path / "digits.onnx")
    found = fsdnet.import_onnx(tmp_path / "digits.onnx")
    assert found.classes == model.classes
    assert (fsdnet.Network(found).run(images) == fsdnet.Network(model).run(images)).all()
    (tmp_path / "none.onnx").write_bytes(b"nothing")
    with pytest.raises(ValueError, match="none.onnx"):
        fsdnet.import_onnx(tmp_path / "none.onnx")
    with pytest.raises(fsdnet.Error, match="no-such-output"):
        fsdnet.import_onnx(tmp_path / "digits.onnx", result="no-such-output")


def test_a_network_becomes_integers(model, network, images, tmp_path):
    quantized = fsdnet.quantize(model, tmp_path / "digits-8bit.safetensors")
    assert quantized.is_quantized and not quantized.kernels and quantized.classes == network.classes
    found = quantized.run(images[:, ::-1])
    assert numpy.abs(numpy.exp(found) - numpy.exp(network.run(images[:, ::-1]))).max() < 0.1
    assert (fsdnet.load(tmp_path / "digits-8bit.safetensors").run(images[:, ::-1]) == found).all()
    with pytest.raises(fsdnet.UnsupportedError, match="model that it was made from"):
        quantized.judge(images)
    with pytest.raises(fsdnet.UnsupportedError):
        fsdnet.quantize(model.replaced("normalize", "hard_normalize"))


def test_a_network_becomes_a_c_function(model, network, images, tmp_path):
    small = fsdnet.train(fsdnet.Dataset(images.repeat(10, 0)[:, ::4, ::4], numpy.arange(50) % 2), {
        "input": {"kind": "bernoulli", "height": 7, "width": 7, "colors": 1},
        "layers": [{"op": "kld_linear", "name": "last", "groups": 1, "states": 2}, {"op": "log_normalize"}]}, epochs=1).model
    report = fsdnet.compile(small, "tiny", tmp_path, targets=["x86-64-linux"])
    assert report["function"].startswith("void tiny(") or "tiny" in report["function"]
    subprocess.run(["cc", "-shared", "-o", tmp_path / "tiny.so", "-Wl,--whole-archive", tmp_path / "libtiny.a",
                    "-Wl,--no-whole-archive", "-lm"], check=True)
    inputs, out = numpy.ascontiguousarray(images[:, ::4, ::4]), numpy.empty((5, 2), numpy.float32)
    ctypes.CDLL(str(tmp_path / "tiny.so")).tiny(inputs.ctypes.data_as(ctypes.c_void_p), ctypes.c_int(5),
                                                out.ctypes.data_as(ctypes.c_void_p))
    assert numpy.allclose(out, fsdnet.Network(small).run(inputs), atol=1e-5)
    with pytest.raises(ValueError, match="name"):
        fsdnet.compile(small, "not a name", tmp_path)
    library = fsdnet.compile(small, "tiny", tmp_path / "shared", targets=["x86-64-linux"], shared=True)["shared"]
    assert (fsdnet.Network(small, compiled=library).run(inputs) == out).all()
    with pytest.raises(ValueError, match="another network"):
        fsdnet.Network(model, compiled=library)


def test_the_command_line_is_the_program(tmp_path):
    version = subprocess.run(["fsdnet", "--version"], capture_output=True, text=True, check=True).stdout
    assert fsdnet.__version__ in version
    wrong = subprocess.run([sys.executable, "-m", "fsdnet", "no-verb"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2 and wrong.stderr.startswith("fsdnet: ")
