"""Models as data; failures as exceptions with the command line's sentences."""
import numpy
import pytest

import fsdnet


def test_a_model_tells_what_it_holds(model):
    assert model.input == ("bernoulli", 28, 28, 1)
    assert model.classes == [str(digit) for digit in range(10)]
    assert model.parameter_count == sum(tensor.size for tensor in model.tensors.values())
    tensor = next(iter(model.tensors.values()))
    with pytest.raises(ValueError, match="read-only"):
        tensor[...] = 0
    assert [layer["op"] for layer in model.description["layers"]][0] == "kld_conv"
    assert "kld_conv" in repr(model)


def test_a_saved_model_is_the_same(model, tmp_path):
    model.save(tmp_path / "copy.safetensors")
    twin = fsdnet.load_model(tmp_path / "copy.safetensors")
    assert twin.has_novelty and twin.description == model.description
    for name, tensor in model.tensors.items():
        assert (twin.tensors[name] == tensor).all()


def test_tensors_outlive_the_model():
    tensors = fsdnet.load_model(fsdnet.MODELS / "mnist.safetensors").tensors
    assert all(numpy.isfinite(tensor).all() for tensor in tensors.values())


def test_failures_have_classes_and_sentences(model, tmp_path):
    with pytest.raises(fsdnet.FileError, match="cannot be opened: No such file") as failure:
        fsdnet.load(tmp_path / "absent.safetensors")
    assert isinstance(failure.value, OSError) and isinstance(failure.value, ValueError)
    with pytest.raises(OSError, match="cannot be written"):
        model.save(tmp_path / "no-folder" / "copy.safetensors")
    with pytest.raises(ValueError, match="NUL"):
        fsdnet.load_model(str(fsdnet.MODELS / "mnist.safetensors") + "\0")
    (tmp_path / "text.safetensors").write_text("no network at all, but quite some text instead of one")
    with pytest.raises(ValueError, match="text.safetensors") as failure:
        fsdnet.load_model(tmp_path / "text.safetensors")
    assert not isinstance(failure.value, OSError)
    with pytest.raises(ValueError, match="must have height"):
        fsdnet.describe_model({"input": {}})
    with pytest.raises(fsdnet.UnsupportedError):
        fsdnet.Network(model.replaced("marginal_pool", "max_pool")).judge(numpy.zeros((1, 28, 28, 1), numpy.uint8))
    with pytest.raises(ValueError, match="not_an_op"):
        model.replaced("not_an_op", "max_pool")
    with pytest.raises(ValueError, match="device"):
        fsdnet.Network(model, device="abacus")
    with pytest.raises(ValueError):
        fsdnet.set_threads(0)
    with pytest.raises(TypeError):
        fsdnet.set_threads("two")


def test_threads_change_no_bit(network, images):
    usual, found = fsdnet.threads(), network.run(images)
    try:
        fsdnet.set_threads(1)
        assert fsdnet.threads() == 1 and (network.run(images) == found).all()
    finally:
        fsdnet.set_threads(usual)
