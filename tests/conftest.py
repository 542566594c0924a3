"""What tests of several rooms share: a real browser."""

import atexit
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from mel_pipeline.database import leave_quietly

# A busy machine is no fault of the code: nothing here is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

atexit.register(leave_quietly)

CHROMIUM = Path(os.environ.get("MEL_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; where the machine has none, the test is skipped, or fails when tools are required."""
    if not CHROMIUM.exists():
        reason = f"Chromium is not at {CHROMIUM}. Install it or set MEL_CHROMIUM."
        if os.environ.get("MEL_REQUIRE_TOOLS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()
