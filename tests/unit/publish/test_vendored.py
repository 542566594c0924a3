"""Files of others are the ones that were taken over, with their licences beside them."""

from hashlib import sha256
from importlib.resources import files

import pytest

from mel_pipeline.publish import vendored

FOLDER = files("mel_pipeline.publish") / "vendor"


def test_every_vendored_file_is_recorded_and_unchanged() -> None:
    found = {
        entry.name: sha256(entry.read_bytes()).hexdigest() for entry in FOLDER.iterdir() if entry.name != "SHA256SUMS"
    }
    assert found == vendored.recorded_hashes()


def test_a_changed_file_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendored, "recorded_hashes", lambda: {vendored.DRAWING_LIBRARY: "0" * 64})
    vendored.drawing_library.cache_clear()
    with pytest.raises(vendored.ChangedVendorFileError, match="has changed: found sha256"):
        vendored.drawing_library()


def test_the_library_cannot_end_its_own_script_element() -> None:
    assert "</script" not in vendored.drawing_library()


def test_arabic_pages_carry_the_arabic_font_first() -> None:
    assert [font.family for font in vendored.fonts(True)] == ["Noto Sans Arabic", "Noto Sans"]
    assert [font.family for font in vendored.fonts(False)] == ["Noto Sans"]
