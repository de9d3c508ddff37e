"""The search for faster kernels, in the build tree that the wheel was made of."""
import os

import pytest

import fsdnet


def test_tune_says_what_it_measured():
    shape = {"sample": 2, "input": 3, "output": 4}
    (found,) = fsdnet.tune("kld_linear", shapes=[shape], build=os.environ["FSDNET_BUILD_TREE"], target="baseline", budget=1,
                           candidates=1)
    assert found["op"] == "kld_linear" and found["shapes"] == [shape] and found["target"] == "baseline"
    assert found["timed"] >= 1 and found["wrong"] == 0 and not found["recorded"]


def test_tune_says_what_it_lacks(tmp_path):
    with pytest.raises(fsdnet.UnsupportedError, match="tuning.json"):
        fsdnet.tune("kld_linear", build=tmp_path)
    with pytest.raises(fsdnet.InputError, match="no axis 'height'"):
        fsdnet.tune("kld_linear", shapes=[{"height": 1}], build=os.environ["FSDNET_BUILD_TREE"])
