"""The examples of docs/python.md run in their order."""
import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "python.md"


def test_the_page_is_true(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    for example in examples:
        exec(example, names)
    assert len(examples) == 6 and capsys.readouterr().out.startswith("1\n")
    assert {"digits.safetensors", "digits.onnx", "digits-8bit.safetensors"} <= {path.name for path in tmp_path.iterdir()}
