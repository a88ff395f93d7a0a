"""Gateway and a service as programs of their own, and all that they answer and write."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from support.database import TestDatabase
from support.gateway import API_KEY
from support.processes import ServiceProcess, gateway_process, service_process
from support.secrets_sent import MARK, SALT, Request
from yarl import URL

# Where secrets are kept.
_OWN_COLUMNS = {
    "vicidial_users.pass",
    "vicidial_users.pass_hash",
    "vicidial_users.phone_pass",
    "phones.pass",
    "phones.conf_secret",
    "system_settings.pass_key",
}
_HASHES = "SELECT DISTINCT pass_hash FROM vicidial_users WHERE pass_hash <> ''"
# What bcrypt's settings and whole hashes begin with.
_BCRYPT = "$2a$"
# Keys of an answer that shows what the service has made, once.
_SHOWN = ("phone_pass", "registration_password")


class Run:
    """The running programs; after `stop`, what they have left is to be searched."""

    def __init__(self, db: TestDatabase, folder: Path, programs: dict[str, ServiceProcess]) -> None:
        self._db = db
        self._folder = folder
        self._programs = programs
        self._answers: list[str] = []
        self._secrets = {MARK, SALT, _BCRYPT}
        self.generated: list[str] = []

    async def send(self, requests: Iterable[Request]) -> None:
        """Send requests; each answer has the status that it is to have."""
        url, key = self._programs["gateway"].url, {"X-API-Key": API_KEY}
        async with aiohttp.ClientSession(url, headers=key) as http:
            for request in requests:
                await self._send_one(http, request)

    async def stop(self) -> None:
        """End the programs that still run: they write what they have not yet written."""
        for name in list(self._programs):
            await self._stop(name)

    async def stop_service(self) -> None:
        """End the service alone."""
        await self._stop(next(name for name in self._programs if name != "gateway"))

    def log_of(self, program: str) -> str:
        """What the program said."""
        return (self._folder / program).read_text(encoding="utf-8")

    def leaks(self, *, own_columns: bool = False) -> dict[str, set[str]]:
        """The secrets by the place where they do not belong: answers, logs, `table.column`.

        With `own_columns` also where they belong: a search that finds nothing there is blind.
        """
        found = {place: self._found_in(text) for place, text in self._places()}
        left_out = set() if own_columns else _OWN_COLUMNS
        return {
            place: secrets for place, secrets in found.items() if secrets and place not in left_out
        }

    def places_of(self, word: str) -> set[str]:
        """Where a word shows that is no secret."""
        return {place for place, text in self._places() if word in text}

    def _places(self) -> Iterator[tuple[str, str]]:
        """All that programs have answered, said and stored, by its place."""
        yield "answers", "\n".join(self._answers)
        for path in self._folder.iterdir():
            yield f"log of {path.name}", path.read_text(encoding="utf-8")
        for (table,) in self._db.rows("SHOW TABLES"):
            yield from self._columns_of(table)

    async def _send_one(self, http: aiohttp.ClientSession, request: Request) -> None:
        url = URL(f"/api/v1{request.path}", encoded=True)
        async with http.request(request.method, url, **request.options) as response:
            answer = await response.text()
        assert response.status == request.status, (request, answer)
        self._answers += [self._without_shown(answer), str(response.raw_headers)]
        self._secrets |= {found for (found,) in self._db.rows(_HASHES)}

    def _without_shown(self, answer: str) -> str:
        """The answer without the passwords that it shows because the service has made them."""
        data = json.loads(answer).get("data")
        shown = [data[key] for key in _SHOWN if key in data] if isinstance(data, dict) else []
        for secret in shown:
            # What was sent is not to be shown, so it stays to be found.
            if MARK not in secret:
                answer = answer.replace(secret, "", 1)
                self.generated.append(secret)
        self._secrets.update(self.generated)
        return answer

    async def _stop(self, name: str) -> None:
        program = self._programs.pop(name)
        assert await asyncio.to_thread(program.stop) == 0, self.log_of(name)

    def _columns_of(self, table: str) -> Iterator[tuple[str, str]]:
        """The text of each column of a table."""
        names = [f"{table}.{column[0]}" for column in self._db.rows(f"SHOW COLUMNS FROM `{table}`")]
        columns = zip(*self._db.rows(f"SELECT * FROM `{table}`"), strict=True)
        # Of a table without rows there are no columns.
        return ((name, repr(values)) for name, values in zip(names, columns, strict=False))

    def _found_in(self, text: str) -> set[str]:
        folded = text.casefold()
        return {secret for secret in self._secrets if secret.casefold() in folded}


@asynccontextmanager
async def run_of_programs(
    db: TestDatabase, folder: Path, service: str = "svc-users"
) -> AsyncIterator[Run]:
    """Both programs, ready, logging as much as they can into `folder`."""
    async with service_process(db, service, log=folder / service) as started:
        urls = {service: started.url}
        async with gateway_process(urls, log=folder / "gateway") as gateway:
            yield Run(db, folder, {"gateway": gateway, service: started})
