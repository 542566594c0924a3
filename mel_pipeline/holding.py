"""The lock on a data folder: one run writes, the next one learns who holds it."""

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from mel_pipeline.folders import DataFolder


class FolderInUseError(Exception):
    """Another run is writing to this data folder.

    Attributes:
        folder: the data folder.
        holder: who holds it: user, computer, process and what is being done there.
    """

    def __init__(self, folder: Path, holder: dict[str, object]) -> None:
        self.folder, self.holder = folder, holder
        super().__init__(
            f"The data folder {folder} is in use: {holder['user']} runs '{holder['doing']}' on {holder['computer']} "
            f"(process {holder['process']}). Wait until it has finished, then run again."
        )


@contextmanager
def hold(folders: DataFolder, doing: str) -> Iterator[None]:
    """Keep other runs out of a data folder while this one writes; within one process it may be held again.

    Raises:
        FolderInUseError: another process holds the folder.
    """
    folders.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folders.lock, is_singleton=True)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise FolderInUseError(folders.root, _who_holds(folders)) from error
    try:
        _write_holder(folders, doing)
        yield
    finally:
        lock.release()


def _holder_path(folders: DataFolder) -> Path:
    # Beside the lock and not inside it: Windows lets nobody read a locked file.
    return folders.dagster_home / "holder.json"


def _write_holder(folders: DataFolder, doing: str) -> None:
    holder = {"process": os.getpid(), "computer": socket.gethostname(), "user": _user(), "doing": doing}
    folders.dagster_home.mkdir(parents=True, exist_ok=True)
    _holder_path(folders).write_text(json.dumps(holder), encoding="utf-8")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _who_holds(folders: DataFolder) -> dict[str, object]:
    holder: dict[str, object] = {"process": "?", "computer": "?", "user": "?", "doing": "mel run"}
    with suppress(OSError, ValueError):
        holder |= json.loads(_holder_path(folders).read_text(encoding="utf-8"))
    return holder
