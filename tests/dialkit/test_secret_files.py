"""Files of secrets are noticed when they change, however they change."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from blockbuster import BlockBuster
from dialkit.secret_files import GivenSecret, LiveSecret, watching
from marshmallow import ValidationError
from structlog.testing import capture_logs
from support.secret_files import SecretFolder, until

# How soon a running program has to notice: about two seconds.
SOON_S = 3


def refuse_bad(text: str) -> None:
    if text.startswith("bad"):
        raise ValidationError("Must be good.")


def given(path: Path, text: str) -> GivenSecret:
    variable = f"{path.name.upper()}_FILE"
    return GivenSecret(variable=variable, text=text, check=refuse_bad, path=path)


@asynccontextmanager
async def watched(secret: object) -> AsyncIterator[None]:
    async with watching([secret])(web.Application()):
        yield


@pytest.fixture
def password(secret_folder: SecretFolder) -> LiveSecret[str]:
    """A password in a file."""
    secret_folder.put(password="old")
    return LiveSecret("old", str, given(secret_folder.path("password"), "old"))


def swap(folder: SecretFolder, text: str) -> None:
    folder.put(password=text)


def overwrite(folder: SecretFolder, text: str) -> None:
    folder.path("password").write_text(text)


def rename(folder: SecretFolder, text: str) -> None:
    new = folder.path("new")
    new.write_text(text)
    new.replace(folder.path("password"))


@pytest.mark.parametrize("change", [overwrite, rename, swap])
async def test_a_changed_file_is_noticed_soon_and_said_once(
    password: LiveSecret[str],
    secret_folder: SecretFolder,
    change: Callable[[SecretFolder, str], None],
    blocking_calls: BlockBuster,
) -> None:
    blocking_calls.activate()
    with capture_logs() as logs:
        async with watched(password):
            change(secret_folder, "new\n")
            await until(lambda: password.current == "new", within_s=SOON_S)
            change(secret_folder, "newest\n")
            await until(lambda: password.current == "newest", within_s=SOON_S)

    renewed = {
        "event": "secrets renewed",
        "variables": ["PASSWORD_FILE"],
        "log_level": "info",
    }
    assert logs == [renewed, renewed]


@pytest.mark.parametrize("content", ["", "bad hunter22", None])
async def test_bad_content_is_an_error_in_the_log_once_and_changes_nothing(
    password: LiveSecret[str], secret_folder: SecretFolder, content: str | None
) -> None:
    path = secret_folder.path("password")
    with capture_logs() as logs:
        async with watched(password):
            if content is None:
                path.unlink()
            else:
                path.write_text(content)
            await until(lambda: bool(logs), within_s=SOON_S)
            for _ in range(3):
                await password.reread()
            assert password.current == "old"

            path.write_text("good")
            await until(lambda: password.current == "good", within_s=SOON_S)

    assert [entry["log_level"] for entry in logs] == ["error", "info"]
    assert list(logs[0]["why"]) == ["PASSWORD_FILE"]
    assert "hunter22" not in str(logs)


async def test_user_and_password_written_one_after_the_other_are_taken_together(
    secret_folder: SecretFolder,
) -> None:
    secret_folder.put(user="old user", password="old")
    paths = [secret_folder.path(name) for name in ("user", "password")]
    secrets = [given(path, path.read_text()) for path in paths]
    account = LiveSecret(("old user", "old"), lambda *both: both, *secrets)
    found = [account.current]

    for path in (*paths, *paths):
        path.write_text(f"new {path.name}")
        await account.look()
        found.append(account.current)

    assert set(found) == {("old user", "old"), ("new user", "new password")}


async def test_what_is_written_half_is_not_taken(
    password: LiveSecret[str], secret_folder: SecretFolder
) -> None:
    path = secret_folder.path("password")
    with path.open("w") as file:
        file.write("ha")
        file.flush()
        await password.look()
        file.write("lf and half")
        file.flush()
        await password.look()

    assert password.current == "old"
    await password.look()
    assert password.current == "half and half"


async def test_nothing_is_watched_where_no_files_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(LiveSecret, "follow", never)

    async with watching(["a secret of a variable", None])(web.Application()):
        pass
