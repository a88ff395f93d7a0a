"""Hostile requests: values, bodies and names that no endpoint may stumble over."""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any, NamedTuple

import aiohttp
from dialkit.fields import Fields
from support.database import TestDatabase
from yarl import URL

VALUES: list[Any] = [
    "'; DROP TABLE vicidial_list; --",
    '" OR 1=1 #',
    "`x`, (SELECT 1)",
    "%s",
    "$(reboot)",
    "<script>alert(1)</script>",
    "a\r\nSet-Cookie: b=c",
    "\x00",
    "\U0001f600",
    "%" * 200,
    "\\",
    2**63,
    -(2**63),
    2**64,
    10**400,
    -1,
    1.5,
    True,
    "",
    " ",
    None,
    [],
    [[]],
    [None],
    {},
    {"": ""},
    "0" * 300,
    "١٢٣٤٥٦٧",
    "+" * 40,
    "NOW; SELECT 1",
    "9999-99-99",
    "0000-00-00 00:00:00",
    "9999-12-31T23:59:59-14:00",
]
ONLY_IN_BODIES: list[Any] = ["x" * 70_000, ["7"] * 2000]
NAMES = [
    "0",
    "-1",
    "1.0",
    "x",
    "4294967296",
    "9" * 30,
    "%00",
    "%FF",
    "%25",
    "%0D%0A",
    "1%27",
    "%F0%9F%98%80",
    "1;2",
    "..%2F..%2Fx",
]
# By what they are: the body, where {} is a field of the endpoint, and the answer's status.
BODIES: dict[str, tuple[bytes, int]] = {
    "malformed": (b'{"{}": 101,', 400),
    "array": (b'[{"{}": 101}]', 400),
    "duplicate key": (b'{"{}": "A", "{}": "B"}', 400),
    "NaN": (b'{"{}": NaN}', 400),
    "infinity": (b'{"{}": 1e999}', 400),
    "bad UTF-8": (b'{"{}": "\xff"}', 400),
    "null byte": (b'{"{}": "\x00"}', 400),
    "escaped null byte": (b'{"{}": "\\u0000"}', 400),
    "half a surrogate pair": (b'{"{}": "\\ud800"}', 400),
    "nested deeply": (b'{"{}": ' + b"[" * 100_000, 400),
    "endless number": (b'{"{}": ' + b"9" * 5000 + b"}", 400),
    "10 MB": (b'{"{}": "' + b"x" * 10_000_000 + b'"}', 413),
}

_JSON = {"Content-Type": "application/json"}


class Endpoint(NamedTuple):
    """An endpoint of the contract, and a request that it takes.

    `fields` are those of the body, of GET and DELETE those of the query. `good` has values of some
    of them; `at` is the path with names of the demo rows; it may write to the tables `writes`.
    """

    method: str
    path: str
    fields: type[Fields]
    good: Mapping[str, Any] = MappingProxyType({})
    at: str = ""
    writes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def has_body(self) -> bool:
        """Whether its fields come in a body."""
        return self.method in {"POST", "PUT"}

    def hostile_fields(self) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        """A name and a value, and all fields of a request that is good but for that value."""
        names = [*self.fields().fields, *self.fields.aliases, "user", "unheard_of"]
        for name in names:
            first_name = self.fields.aliases.get(name)
            others = {key: value for key, value in self.good.items() if key != first_name}
            for value in [*VALUES, *ONLY_IN_BODIES] if self.has_body else VALUES:
                yield name, value, others | {name: value}

    async def send(self, api: aiohttp.ClientSession, fields: dict[str, Any]) -> tuple[int, Any]:
        """The status and the answer to a request with these fields."""
        if self.has_body:
            return await self.send_body(api, json.dumps(fields).encode())
        query = {name: str(value) for name, value in fields.items()}
        return await send(api, self.method, self.at or self.path, params=query)

    async def send_body(self, api: aiohttp.ClientSession, body: bytes) -> tuple[int, Any]:
        """The status and the answer to a request with this body."""
        data = BytesIO(body)
        return await send(api, self.method, self.at or self.path, data=data, headers=_JSON)


class Path(NamedTuple):
    """Where `{}` stands for the name of something that is not there."""

    method: str
    path: str
    body: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    async def send(self, api: aiohttp.ClientSession, name: str) -> tuple[int, Any]:
        """The status and the answer to a request for that name, which is encoded already."""
        return await send(api, self.method, self.path.format(name), json=self.body)


# The server counts the rows that are changed in each table.
_CHANGED = (
    "FROM information_schema.table_statistics"
    " WHERE table_schema = DATABASE() AND table_name <> 'vicidial_api_log'"
)
# It does not count them where a table is emptied at once, or altered.
_STATE = f"""
    SELECT table_name, 'changed', rows_changed {_CHANGED}
    UNION ALL
    SELECT table_name, 'rows', table_rows FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name <> 'vicidial_api_log'
    UNION ALL
    SELECT table_name, 'column', column_name FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name LIKE 'custom\\_%'
"""


class Writes:
    """What is written to the database, but for the log of all calls."""

    def __init__(self, db: TestDatabase) -> None:
        self._db = db
        self._before, self._changed = set(db.rows(_STATE)), self._count()

    def happened(self) -> bool:
        """Whether something was written since one asked last."""
        before, self._changed = self._changed, self._count()
        return before != self._changed

    def tables(self) -> set[str]:
        """The tables that are not as they were in the beginning."""
        return {table for table, *_ in self._before ^ set(self._db.rows(_STATE))}

    def _count(self) -> int:
        return int(self._db.value(f"SELECT SUM(rows_changed) {_CHANGED}"))


async def send(
    api: aiohttp.ClientSession, method: str, path: str, **options: Any
) -> tuple[int, Any]:
    """The status and the answer, which is an envelope that fits the status."""
    url = URL(f"/api/v1{path}", encoded=True)
    async with api.request(method, url, **options) as response:
        status, envelope = response.status, await response.json()
    assert status < 500, envelope
    assert envelope["success"] is (status == 200), envelope
    assert all(isinstance(why, list) for why in envelope.get("details", {}).values()), envelope
    return status, envelope
