"""The rules of the house that a person would not see broken: who may import whom, who opens DuckDB."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "mel_pipeline"

FLOORS = {
    "declarations": 0,
    "folders": 0,
    "database": 0,
    "holding": 1,
    "intake": 1,
    "quality": 2,
    "starting": 2,
    "forgetting": 3,
    "marts": 3,
    "indicators": 4,
    "scoring": 5,
    "honesty": 5,
    "disclosure": 5,
    "publish": 6,
    "query": 6,
    "pipeline": 7,
    "freshness": 8,
    "assembly": 8,
    "explain": 8,
    "explanation_text": 9,
    "explain_theory": 9,
    "theory_explanation_text": 10,
    "cli": 11,
}
"""Each room and module of the library with its floor: a module imports from its own room and from below."""


def modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def imported_by(module: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room_of(module: Path) -> str:
    return module.relative_to(LIBRARY).parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", modules(LIBRARY), ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_a_module_of_the_library_imports_only_from_below(module: Path) -> None:
    here = room_of(module)
    if here == "__init__":
        return
    for name in imported_by(module):
        parts = name.split(".")
        if parts[0] == "mel_pipeline" and len(parts) > 1:
            there = parts[1]
            assert there == here or FLOORS[there] < FLOORS[here], f"{here} may not import {name}"


@pytest.mark.parametrize("module", modules(LIBRARY), ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_only_the_command_knows_dagster_assets_and_the_example(module: Path) -> None:
    if room_of(module) == "cli":
        return
    tops = {name.split(".")[0] for name in imported_by(module)}
    assert not tops & {"dagster", "assets", "mel_example"}


@pytest.mark.parametrize("module", modules(ROOT / "mel_example"), ids=lambda path: path.name)
def test_the_example_knows_nothing_of_the_library(module: Path) -> None:
    tops = {name.split(".")[0] for name in imported_by(module)}
    assert not tops & {"mel_pipeline", "assets", "duckdb"}


def test_only_one_module_opens_duckdb() -> None:
    opening = [
        path.relative_to(ROOT).as_posix()
        for folder in (LIBRARY, ROOT / "assets", ROOT / "mel_example")
        for path in modules(folder)
        if "duckdb.connect" in path.read_text(encoding="utf-8")
    ]
    assert opening == ["mel_pipeline/database.py"]


def test_modules_with_dagster_decorators_keep_their_annotations() -> None:
    for module in modules(ROOT / "assets"):
        assert "from __future__ import annotations" not in module.read_text(encoding="utf-8"), module


def test_great_expectations_is_imported_only_where_it_is_used() -> None:
    for folder in (LIBRARY, ROOT / "assets"):
        for module in modules(folder):
            for node in ast.parse(module.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.Import | ast.ImportFrom):
                    assert "great_expectations" not in ast.unparse(node).split("import")[0].split(".")[:1], module


def test_no_drawers_and_every_module_says_what_belongs_there() -> None:
    for folder in (LIBRARY, ROOT / "assets", ROOT / "mel_example"):
        for module in modules(folder):
            assert module.stem not in {"utils", "helpers", "misc", "common"}, module
            text = module.read_text(encoding="utf-8")
            if text.strip():
                assert ast.get_docstring(ast.parse(text)), f"{module} does not say what belongs there"


def test_asset_bodies_are_short() -> None:
    for module in modules(ROOT / "assets"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("dg.asset" in ast.unparse(d) for d in node.decorator_list):
                lines = node.body[-1].end_lineno - node.body[0].lineno + 1  # type: ignore[operator]
                assert lines <= 15, f"{module.name}: {node.name} has {lines} lines"
