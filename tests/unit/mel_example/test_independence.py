"""The truth is a second opinion: nothing of the example may lean on the pipeline or on a database."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mel_example

PACKAGE = Path(mel_example.__file__).parent
FORBIDDEN = {"mel_pipeline", "assets", "duckdb"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(tree: ast.Module) -> set[str]:
    """First names of all modules that a module imports, also inside functions."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.parent.name[:3] + "-" + path.stem)
def test_no_module_imports_the_pipeline_or_a_database(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))

    assert imported(tree).isdisjoint(FORBIDDEN)
    assert not {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & {"__import__", "importlib"}


def test_writing_the_example_loads_neither_the_pipeline_nor_a_database(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from mel_example import write_example;"
        "write_example(Path(sys.argv[1]), scale=0.5);"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )

    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)

    loaded = set(ast.literal_eval(done.stdout))
    assert "mel_example" in loaded
    assert loaded.isdisjoint(FORBIDDEN)
