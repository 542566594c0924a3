"""Writing declarations as an officer would: keys in their order, short sets on one line, a comment on top."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """Lists stand below their key, indented, as in the files that people write."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _mapping(dumper: yaml.SafeDumper, value: dict[Any, Any]) -> yaml.MappingNode:
    """A set of plain values goes on one line where it fits."""
    plain = all(not isinstance(each, dict | list) and "\n" not in str(each) for each in value.values())
    length = sum(len(str(key)) + len(str(each)) + 4 for key, each in value.items())
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=plain and length < WIDTH - 20)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.SequenceNode:
    plain = all(not isinstance(each, dict | list) for each in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=plain)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)


def write_yaml(path: Path, value: Any, comments: Sequence[str] = ()) -> None:
    """Write a declaration with comment lines on top; its folder is made."""
    head = "".join(f"# {line}".rstrip() + "\n" for line in comments)
    body = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((head + body).encode("utf-8"))
