"""The stub of the compiled module names what the module has, and nothing else; mypy checks the rest against the stub."""
import ast
import pathlib

import fsdnet
from fsdnet import _fsdnet


def public(names):
    return {name for name in names if not name.startswith("_")}


def test_the_stub_names_what_the_module_has():
    package = pathlib.Path(fsdnet.__file__).parent
    assert (package / "py.typed").exists()
    declared = {}
    for node in ast.parse((package / "_fsdnet.pyi").read_text()).body:
        if isinstance(node, ast.ClassDef):
            declared[node.name] = public(member.name for member in node.body)
        elif isinstance(node, ast.FunctionDef):
            declared[node.name] = set()
        elif isinstance(node, ast.AnnAssign):
            declared[node.target.id] = set()
    assert public(declared) == public(vars(_fsdnet))
    for name, members in declared.items():
        if members:
            assert members == public(vars(getattr(_fsdnet, name)))


def test_what_is_exported_is_there_and_documented():
    for name in fsdnet.__all__:
        assert hasattr(fsdnet, name)
    for name in public(fsdnet.__all__) - {"MODELS", "set_threads", "threads"}:
        assert getattr(fsdnet, name).__doc__
