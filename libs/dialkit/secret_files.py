"""Secrets from files, and their renewal while a program runs.

A file may be overwritten or replaced, or its folder swapped for another as Kubernetes does it. No
notice tells of all three, so the files are read again and again: they are few and small.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

import structlog
from aiohttp import web
from marshmallow import ValidationError

log = structlog.get_logger("secrets")

T = TypeVar("T")

_EVERY_S = 0.5


@dataclass(frozen=True, kw_only=True)
class GivenSecret:
    """A secret as the environment gave it: in `variable` itself, or in the file that it names."""

    variable: str
    text: str = field(repr=False)
    check: Callable[[str], object]
    path: Path | None = None

    @property
    def is_given(self) -> bool:
        """Whether there is one at all."""
        return bool(self.text or self.path)

    def read(self) -> str:
        """What it is now. Raises: ValidationError."""
        return self.text if self.path is None else secret_in(self.path, self.check)


def secret_in(path: Path, check: Callable[[str], object]) -> str:
    """A file's content, checked, without the line break at its end. Raises: ValidationError."""
    # No message shows the path: who mistakes the variable for the secret has put it there.
    try:
        text = path.read_bytes().decode()
    except OSError as error:
        raise ValidationError(f"Not a readable file: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ValidationError("Not a file with text in UTF-8.") from None
    text = text.removesuffix("\n").removesuffix("\r")
    if not text:
        raise ValidationError("The file is empty.")
    check(text)
    return text


class _Content(NamedTuple):
    text: str
    problem: str


_Reading = tuple[_Content, ...]


class LiveSecret(Generic[T]):
    """What is made of secrets of which some are in files; while watched, it follows them.

    `current` is replaced as a whole, and then another object; `previous` is what it was before.
    What is in `then` is called after that.
    """

    def __init__(self, value: T, make: Callable[..., T], *given: GivenSecret) -> None:
        self.current = self.previous = value
        self.then: list[Callable[[], None]] = []
        self._make = make
        self._given = given
        self._taken: _Reading = tuple(_Content(secret.text, "") for secret in given)
        self._last = self._taken

    async def follow(self) -> NoReturn:
        """Look into the files until cancelled."""
        while True:
            await asyncio.sleep(_EVERY_S)
            await self.look()

    async def look(self) -> None:
        """Take what the files hold, once two looks in a row have found the same.

        So neither what is half written is taken, nor a user without its new password.
        """
        reading = await asyncio.to_thread(self._read)
        if reading == self._last:
            self._take(reading)
        self._last = reading

    async def reread(self) -> None:
        """Take what the files hold at this moment."""
        self._last = await asyncio.to_thread(self._read)
        self._take(self._last)

    def _read(self) -> _Reading:
        return tuple(map(_content, self._given))

    def _take(self, reading: _Reading) -> None:
        if reading == self._taken:
            return
        compared = zip(self._given, reading, self._taken, strict=True)
        changed = [secret.variable for secret, now, before in compared if now != before]
        self._taken = reading
        problems = {
            secret.variable: content.problem
            for secret, content in zip(self._given, reading, strict=True)
            if content.problem
        }
        if problems:
            log.error("secrets not renewed, those before stay in use", why=problems)
            return
        self.previous = self.current
        self.current = self._make(*(content.text for content in reading))
        log.info("secrets renewed", variables=changed)
        for call in self.then:
            call()


def _content(secret: GivenSecret) -> _Content:
    try:
        return _Content(secret.read(), "")
    except ValidationError as error:
        return _Content("", " ".join(map(str, error.messages)))


def watching(secrets: Iterable[object]) -> Any:
    """For `cleanup_ctx`: those that are live follow their files; for the others nothing is done."""
    live = {id(secret): secret for secret in secrets if isinstance(secret, LiveSecret)}

    @asynccontextmanager
    async def context(_app: web.Application) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(secret.follow()) for secret in live.values()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    return context
