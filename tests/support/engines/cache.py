"""What is slow to make and stays the same, kept between runs outside the tree."""

import os
from collections.abc import Callable
from pathlib import Path


def is_cached(name: str, key: str) -> bool:
    """Whether it would not be made."""
    return (_folder() / f"{name}-{key}").exists()


def cached(name: str, key: str, make: Callable[[Path], None]) -> Path:
    """The file of that name and key; made when it is not there, then older ones are removed."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{name}-{key}"
    if not kept.exists():
        # Renamed when complete, so that an interrupted run leaves nothing half made.
        unfinished = folder / f"{name}-{key}.{os.getpid()}"
        try:
            make(unfinished)
            unfinished.rename(kept)
        finally:
            unfinished.unlink(missing_ok=True)
        for old in folder.glob(f"{name}-*"):
            if old != kept:
                old.unlink(missing_ok=True)
    return kept


def _folder() -> Path:
    parent = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(parent) / "dialer-api-tests"
