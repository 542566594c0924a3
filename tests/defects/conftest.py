"""The worlds of the defects, shared by all their tests."""

import pytest

from tests.defects.catalogue import DEFECTS
from tests.defects.worlds import Worlds, shared_folder


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """Runs of the pipeline over the files of all defects."""
    return Worlds(shared_folder(tmp_path_factory.getbasetemp()), DEFECTS)
