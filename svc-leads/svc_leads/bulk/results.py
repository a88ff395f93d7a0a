"""The results of rows on their way into the answer: in memory while few, else in a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

import orjson
from aiohttp import web
from dialkit.http import REASON

_IN_MEMORY = 1024 * 1024
_BLOCK = 256 * 1024


class Results:
    """The rows' results as JSON, written once and read once."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)  # noqa: SIM115 - see close
        self._size = 0

    @property
    def size(self) -> int:
        """How many bytes they are."""
        return self._size

    async def add(self, results: Sequence[Mapping[str, Any]]) -> None:
        """Add results of rows."""
        if not results:
            return
        text = orjson.dumps(results)[1:-1]
        if self._size:
            text = b"," + text
        self._size += len(text)
        if self._size > _IN_MEMORY:
            await asyncio.to_thread(self._file.write, text)
        else:
            self._file.write(text)
"""
