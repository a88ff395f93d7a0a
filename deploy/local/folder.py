"""The folder that keeps what is between two runs: the private database and the API key."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.errors import CannotStart


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold the folder, made if need be, for this launcher alone. Raises: CannotStart."""
    _make(folder)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"The suite runs already: another launcher holds {folder}. End that one first."
            ) from None
        yield


def kept_api_key(folder: Path) -> str:
    """The API key that was made at the first run in this folder."""
    kept = folder / "api_key"
    if not kept.exists():
        # Renamed when complete, so that an interrupted run leaves no empty key.
        unfinished = folder / "api_key.new"
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_hex(20))
        unfinished.rename(kept)
    return kept.read_text().strip()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotStart(f"Cannot make the folder {folder}: {error.strerror}.") from None
    if folder.stat().st_uid != os.geteuid():
        raise CannotStart(
            f"{folder} belongs to another user ({folder.owner()}): run as that user, remove the"
            " folder, or keep your own: python -m deploy.local --folder <folder>"
        )
