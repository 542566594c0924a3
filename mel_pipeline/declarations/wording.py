"""Pydantic's validation errors as sentences that an officer understands.

Only wording belongs here: from the place and type of an error to `<thing> <what is wrong>: found, expected.
What to do.`
"""

import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mel_pipeline.declarations.faults import nearest, one_of, path_words, unknown_name

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number with a decimal point",
    "float_parsing": "a number with a decimal point",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_type": "a date such as 2024-12-31",
    "date_parsing": "a date such as 2024-12-31",
    "date_from_datetime_parsing": "a date such as 2024-12-31",
    "date_from_datetime_inexact": "a date such as 2024-12-31",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a set of keys",
    "model_type": "a set of keys",
    "model_attributes_type": "a set of keys",
}
_BOUNDS = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}

_COMMA = "A text with a comma needs quotation marks inside { }."

Place = tuple[str, ...]


def in_plain_words(
    error: ValidationError, model: type[BaseModel], value: dict[Any, Any], thing: str
) -> Iterator[tuple[Place, str]]:
    """Each fault of one entry: the key path at which it stands, and its message."""
    faults = [(_path(detail, value), detail) for detail in error.errors(include_url=False)]
    told: set[Place] = set()
    for path in sorted((at for at, _ in faults), key=len, reverse=True):
        # Where several shapes are possible, pydantic tells of each; what reaches deepest is the shape meant.
        if any(deeper[: len(path)] == path for deeper in told):
            continue
        alternatives = [other for at, other in faults if at == path]
        told.add(path)
        yield path, _message(alternatives, path, model, value, f"{thing}{_key_words(path)}")


def _path(detail: ErrorDetails, value: Any) -> Place:
    """The part of an error's location that stands in the data; a missing or unknown key closes it."""
    path: list[str] = []
    for part in detail["loc"]:
        if isinstance(value, dict) and (part in value or str(part) in value):
            value = value[part] if part in value else value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        elif detail["type"] != "missing" or part != detail["loc"][-1]:
            continue
        path.append(str(part))
    return tuple(path)


def _key_words(path: Place) -> str:
    return f" `{path_words(path)}`" if path else ""


def _message(details: list[ErrorDetails], path: Place, model: type[BaseModel], value: Any, thing: str) -> str:
    detail = details[0]
    if detail["type"] == "missing":
        return f"{thing} is missing: found nothing, expected a value. Add `{path[-1]}: …`."
    if detail["type"] == "extra_forbidden":
        advice = _COMMA if detail["input"] is None else "Remove it."
        return unknown_name(f"{thing} is an unknown key", path[-1], _keys_at(model, path[:-1]), advice)
    expected = " or ".join(dict.fromkeys(_expected(each) for each in details))
    advice = _advice(details, detail["input"])
    return f"{thing} has a wrong value: found {shown(detail['input'])}, expected {expected}. {advice}"


def _expected(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "literal_error":
        return one_of(_choices(detail))
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return f"{words} {context[bound]:g}"
    if kind == "too_short":
        return f"at least {context['min_length']} entry"
    return _EXPECTED.get(kind, detail["msg"])


def _choices(detail: ErrorDetails) -> list[str]:
    words = str(detail.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
    return [word.strip().strip("'") for word in words.split(", ")]


def _advice(details: list[ErrorDetails], found: Any) -> str:
    choices = [choice for detail in details if detail["type"] == "literal_error" for choice in _choices(detail)]
    closest = nearest(found, choices) if isinstance(found, str) else None
    return f"Did you mean '{closest}'?" if closest else "Correct the value."


def shown(value: Any) -> str:
    """A found value in a message: short texts and numbers as they are, else what kind of thing it is."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a set of keys"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    text = str(value)
    return f"'{text}'" if len(text) <= 40 else f"'{text[:37]}...'"


def _keys_at(model: type[BaseModel], path: Place) -> list[str]:
    """The keys that may stand at a path inside an entry of that model."""
    found: Any = model
    for part in path:
        found = _below(found, part)
    return [field.alias or name for name, field in found.model_fields.items()] if _is_model(found) else []


def _below(shape: Any, part: str) -> Any:
    """What a key leads to; a position or name inside a list or set of entries leads to the same model."""
    if not _is_model(shape):
        return None
    fields = {field.alias or name: field for name, field in shape.model_fields.items()}
    return _model_in(fields[part].annotation) if part in fields else shape


def _model_in(annotation: Any) -> Any:
    """The model that an annotation such as `list[Grant]` or `Measure | None` holds."""
    if _is_model(annotation):
        return annotation
    if typing.get_origin(annotation) in (list, dict, tuple, typing.Union, types.UnionType):
        return next((m for each in typing.get_args(annotation) if (m := _model_in(each)) is not None), None)
    return None


def _is_model(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)
