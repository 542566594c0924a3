"""Files of others that travel inside each page: the drawing library and the fonts.

Only reading and verifying them belongs here. Where they come from stands in NOTICE, their hashes in
`vendor/SHA256SUMS`.
"""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

DRAWING_LIBRARY = "plotly-basic-4.1.1.min.js"
LATIN_FONT = "noto-sans-latin-wght-normal.woff2"
ARABIC_FONT = "noto-sans-arabic-arabic-wght-normal.woff2"


class ChangedVendorFileError(RuntimeError):
    """A vendored file is not the one whose hash was recorded."""


@dataclass(frozen=True)
class Font:
    """A font as a page embeds it."""

    family: str
    base64: str


@cache
def drawing_library() -> str:
    """Plotly's basic bundle, safe to stand inside a script element."""
    return _verified(DRAWING_LIBRARY).decode("utf-8").replace("</script", "<\\/script")


def fonts(is_right_to_left: bool) -> list[Font]:
    """The fonts of a page, the first one leading."""
    latin = _font("Noto Sans", LATIN_FONT)
    return [_font("Noto Sans Arabic", ARABIC_FONT), latin] if is_right_to_left else [latin]


def recorded_hashes() -> dict[str, str]:
    """SHA-256 of every vendored file by name, as recorded when it was taken over."""
    lines = (_folder() / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


@cache
def _font(family: str, name: str) -> Font:
    return Font(family, b64encode(_verified(name)).decode("ascii"))


def _verified(name: str) -> bytes:
    content = (_folder() / name).read_bytes()
    found, expected = sha256(content).hexdigest(), recorded_hashes()[name]
    if found != expected:
        raise ChangedVendorFileError(f"vendor/{name} has changed: found sha256 {found}, expected {expected}.")
    return content


def _folder() -> Traversable:
    return files("mel_pipeline.publish") / "vendor"
