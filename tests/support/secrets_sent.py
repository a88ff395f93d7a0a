"""Requests that carry passwords to a service, as they should and as they should not."""

import json
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import count
from typing import Any, NamedTuple

import aiohttp

# Each secret of the requests begins so.
MARK = "S3cretMark"
SECRET = f"{MARK}-0123456789"
# 16 bytes, as a salt has to be.
SALT = f"{MARK}-salt1"[:16]
_JSON = {"Content-Type": "application/json"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NUMBERS = count(8010)


class Target(NamedTuple):
    """An endpoint that takes a secret in a field, and the other fields that it needs.

    The field `numbered` has another value in each request. `refused` are values that only this
    field of this endpoint refuses.
    """

    method: str
    path: str
    field: str
    others: dict[str, Any]
    numbered: str = ""
    refused: tuple[str, ...] = ()

    def fields(self) -> dict[str, Any]:
        """What a request says that is accepted."""
        number = {self.numbered: f"8{next(_NUMBERS)}"} if self.numbered else {}
        return self.others | number | {self.field: SECRET}

    def request(self, status: int, value: Any = SECRET, **others: Any) -> "Request":
        """A request with that value, whose answer is to have that status."""
        fields = self.fields() | {self.field: value} | others
        return Request(status, self.method, self.path, {"json": fields})


class Request(NamedTuple):
    """A request, and the status of the answer."""

    status: int
    method: str
    path: str
    options: dict[str, Any]


def in_query(*names: str) -> str:
    """A query string that has the secret under each of the names."""
    return "&".join(f"{name}={SECRET}" for name in names)


def accepted(targets: Iterable[Target], query: str) -> Iterator[Request]:
    """Each secret in each kind of body, and in the query beside it."""
    for target in targets:
        yield target.request(200)
        yield target.request(200)._replace(path=f"{target.path}?{query}")
        form = aiohttp.FormData(target.fields())
        yield target.request(200)._replace(options={"data": form})
        multipart = aiohttp.FormData(target.fields(), default_to_multipart=True)
        yield target.request(200)._replace(options={"data": multipart})


def refused(targets: Iterable[Target]) -> Iterator[Request]:
    """Each secret in requests that are refused, for one reason after another."""
    for target in targets:
        yield from _refused_values(target)
        yield from _refused_bodies(target)
        yield target.request(400, password=SECRET)


def failing(targets: Iterable[Target], status: int) -> Iterator[Request]:
    """Each secret in a request that would succeed, had nothing failed."""
    for target in targets:
        yield target.request(status)


def _refused_values(target: Target) -> Iterator[Request]:
    values: list[Any] = [
        f"{SECRET} ",
        f"{SECRET}'; DROP TABLE vicidial_users",
        f"{SECRET}é",
        f"{SECRET}\n",
        SECRET + "x" * 100,
        [SECRET],
        {SECRET: SECRET},
        *target.refused,
    ]
    for value in values:
        yield target.request(400, value)


def _refused_bodies(target: Target) -> Iterator[Request]:
    text = json.dumps(target.fields())
    pair = json.dumps({target.field: SECRET})[1:-1]
    bodies = [
        (400, text[:-1], _JSON),
        (400, text.replace(SECRET, SECRET + '"'), _JSON),
        (400, f"[{text}]", _JSON),
        (400, f"{{{pair}, {pair}}}", _JSON),
        (400, text.replace(SECRET, SECRET + "\\ud800"), _JSON),
        (400, f"{target.field}={SECRET}&{target.field}={SECRET}", _FORM),
        (415, text, {"Content-Type": "text/plain"}),
        (413, text.replace(SECRET, SECRET * 100_000), _JSON),
    ]
    for status, body, headers in bodies:
        sent = {"data": BytesIO(body.encode()), "headers": headers}
        yield Request(status, target.method, target.path, sent)
