"""Safe reading of a YAML file that remembers the line of every key.

Only what concerns YAML itself belongs here: syntax, duplicate keys, limits. What the keys mean belongs
to `reading.py`. Words that older YAML turns into something else (`no`, `on`, `010`, `12:30`, dates) stay
the words that were written: only `true`, `false`, plain numbers and `null` are converted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_ALIASES = 100
MAX_ENTRIES = 200_000

KeyPath = tuple[str, ...]
"""Keys and list positions from the top of a document, all as text: `("indicators", "0", "code")`."""


@dataclass(frozen=True)
class YamlFault:
    """Something wrong with the YAML of one file, at a line."""

    line: int
    message: str


@dataclass
class YamlDocument:
    """The value of one file, the line of each key path, and what is wrong with its YAML."""

    value: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    faults: list[YamlFault] = field(default_factory=list)

    def line(self, *path: str | int) -> int:
        """The line of a key path, or of its nearest ancestor that stands in the file."""
        keys = tuple(str(part) for part in path)
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


class _TooMuchError(Exception):
    """A file that exceeds a limit; carries the line and the message."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line = line


_Base: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _ProgrammeLoader(_Base):
    """Safe YAML whose plain words stay words."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012  PyYAML's own class attribute


def _resolve_only_plain_scalars() -> None:
    bools, numbers = list("tTfF"), list("-+.0123456789")
    add = _ProgrammeLoader.add_implicit_resolver
    add("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
    add("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), bools)
    add("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), numbers)
    decimal = r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$"
    add("tag:yaml.org,2002:float", re.compile(decimal), numbers)
    add("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])


_resolve_only_plain_scalars()


def read_yaml(content: bytes) -> YamlDocument:
    """One YAML document with its lines; whatever is wrong is in `faults`, nothing is raised."""
    if len(content) > MAX_BYTES:
        return _refused(1, f"file is too large: found {len(content)} bytes, expected at most {MAX_BYTES}. Split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refused(line, "file is not UTF-8 text: found another encoding, expected UTF-8. Save it as UTF-8.")
    try:
        return _read_text(text)
    except _TooMuchError as error:
        return _refused(error.line, str(error))
    except yaml.YAMLError as error:
        return _refused(_error_line(error, text), _plain_words(error))
    except ValueError:  # a number of thousands of digits
        return _refused(1, "file holds a number that is too long: found thousands of digits, expected a number.")


def _refused(line: int, message: str) -> YamlDocument:
    return YamlDocument(faults=[YamlFault(line, message)])


def _read_text(text: str) -> YamlDocument:
    _check_limits(text)
    loader = _ProgrammeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return YamlDocument()
        document = YamlDocument(lines={(): node.start_mark.line + 1})
        _note_lines(loader, node, (), document)
        document.value = loader.construct_document(node)
        return document
    finally:
        loader.dispose()


def _check_limits(text: str) -> None:
    """Refuse nesting and aliases beyond the limits before anything is built from them."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_ProgrammeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > MAX_DEPTH:
            raise _TooMuchError(line, f"keys are nested too deep: found {depth} levels, expected {MAX_DEPTH}. Flatten.")
        if aliases > MAX_ALIASES:
            raise _TooMuchError(line, f"too many aliases: found over {MAX_ALIASES}, expected few. Write them out.")


def _note_lines(loader: Any, node: yaml.Node, path: KeyPath, document: YamlDocument) -> None:
    if len(document.lines) > MAX_ENTRIES or len(path) > MAX_DEPTH:
        limit = f"found over {MAX_ENTRIES} entries or {MAX_DEPTH} levels, expected less"
        raise _TooMuchError(node.start_mark.line + 1, f"file is too large once its aliases are filled in: {limit}.")
    for key, line, value in _entries(loader, node):
        below = (*path, key)
        if below in document.lines:
            first = document.lines[below]
            document.faults.append(YamlFault(line, _duplicate(key, first)))
            continue
        document.lines[below] = line
        _note_lines(loader, value, below, document)


def _entries(loader: Any, node: yaml.Node) -> Iterator[tuple[str, int, yaml.Node]]:
    """Key, line and value of each entry of a mapping or list; the keys of a merge have no line of their own."""
    if isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            if key_node.tag != "tag:yaml.org,2002:merge":
                yield str(loader.construct_object(key_node, deep=True)), key_node.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield str(position), value.start_mark.line + 1, value


def _duplicate(key: str, first: int) -> str:
    return f"key '{key}' is written twice: found it again here, expected it once (line {first}). Keep one of them."


_NO_FIT = "a line that does not continue the lines above: its indentation, or text after a closing quotation mark"
_PROBLEMS = {
    "mapping values are not allowed": "a second colon, or a line that is indented too deep",
    "could not find expected ':'": "a line without a colon",
    "unexpected end of stream": "a quotation mark or bracket that is never closed",
    "tab character": "a tab where spaces are expected",
    "cannot start any token": "a tab or a special character where a space or a quotation mark is expected",
    "did not find expected ','": "a bracket that is never closed, or a missing comma",
    "did not find expected key": _NO_FIT,
    "did not find expected '-' indicator": _NO_FIT,
    "undefined alias": "an alias (*name) without its anchor (&name)",
    "could not determine a constructor": "a tag (!name), which programme files do not use",
    "control characters": "an invisible control character",
    "another document": "a second document (a line of ---)",
}


def _plain_words(error: yaml.YAMLError) -> str:
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    found = next((words for sign, words in _PROBLEMS.items() if sign in problem), f"'{problem}'")
    return f"YAML cannot be read: found {found}, expected valid YAML. Look at this line and the one before it."


def _error_line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", 0) or 0
    return text.count("\n", 0, int(position)) + 1
