"""Secrets from files: `NAME_FILE` instead of `NAME`."""

from pathlib import Path

import pytest
from dialkit.secret_files import LiveSecret
from dialkit.settings import Account, ServiceSettings, read_settings, service_settings
from dialkit.tokens import TokenKeys

SECRET = "s" * 32
CONTENT = {"DB_USER": "leads", "DB_PASSWORD": "hunter22", "INTERNAL_JWT_KEYS": f"k1:{SECRET}"}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A service whose secrets are still missing."""
    for name in CONTENT:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.setenv("DB_HOST", "db.example")
    return monkeypatch


@pytest.fixture
def files(environment: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Path]:
    """A file for each secret, named by its variable."""
    made = {name: tmp_path / name.lower() for name in CONTENT}
    for name, path in made.items():
        path.write_text(CONTENT[name])
        environment.setenv(f"{name}_FILE", str(path))
    return made


@pytest.mark.usefixtures("files")
def test_each_secret_may_be_in_a_file() -> None:
    settings = read()

    assert (settings.database.user, settings.database.password) == ("leads", "hunter22")
    assert settings.token_keys.current == TokenKeys({"k1": SECRET})


@pytest.mark.usefixtures("files")
def test_what_is_from_files_can_follow_them() -> None:
    settings = read()

    assert isinstance(settings.token_keys, LiveSecret)
    assert settings.database.account is not None
    assert settings.database.account.current == Account("leads", "hunter22")


def test_what_is_from_variables_stays_as_it_is(environment: pytest.MonkeyPatch) -> None:
    for name, text in CONTENT.items():
        environment.setenv(name, text)

    settings = read()

    assert isinstance(settings.token_keys, TokenKeys)
    assert settings.database.account is None


def test_a_user_from_a_variable_and_a_password_from_a_file_are_one_account(
    environment: pytest.MonkeyPatch, files: dict[str, Path]
) -> None:
    environment.delenv("DB_USER_FILE")
    environment.setenv("DB_USER", "another")

    account = read().database.account

    assert account is not None
    assert account.current == Account("another", "hunter22")


@pytest.mark.parametrize(
    ("content", "password"),
    [
        pytest.param(b"hunter22\n", "hunter22", id="a line break"),
        pytest.param(b"hunter22\r\n", "hunter22", id="a line break of Windows"),
        pytest.param(b"hunter22\n\n", "hunter22\n", id="two line breaks"),
        pytest.param(b" hunter22 ", " hunter22 ", id="spaces"),
        pytest.param(b"one\r\ntwo", "one\r\ntwo", id="a line break inside"),
        pytest.param("hünter".encode(), "hünter", id="not only ASCII"),
    ],
)
def test_one_line_break_at_the_end_is_no_part_of_a_secret(
    files: dict[str, Path], content: bytes, password: str
) -> None:
    files["DB_PASSWORD"].write_bytes(content)

    assert read().database.password == password


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("name", CONTENT)
def test_an_empty_variable_beside_a_file_is_not_set(
    environment: pytest.MonkeyPatch, name: str
) -> None:
    environment.setenv(name, "")

    assert read().database.password == "hunter22"


def test_a_variable_for_a_file_that_is_empty_is_not_set(environment: pytest.MonkeyPatch) -> None:
    for name, text in CONTENT.items():
        environment.setenv(name, text)
        environment.setenv(f"{name}_FILE", "")

    assert read().database.password == "hunter22"


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("name", CONTENT)
def test_a_secret_given_twice_ends_the_start_with_a_line_that_names_both(
    environment: pytest.MonkeyPatch, name: str
) -> None:
    environment.setenv(name, CONTENT[name])

    line = ending()

    assert f"'{name}'" in line
    assert f"{name}_FILE" in line


@pytest.mark.parametrize("name", CONTENT)
@pytest.mark.parametrize("fault", ["missing", "a folder", "empty", "one line break", "binary"])
def test_an_unusable_file_ends_the_start_with_a_line_that_names_the_variable(
    files: dict[str, Path], name: str, fault: str
) -> None:
    spoil(files[name], fault)

    line = ending()

    assert line.startswith("svc-leads: ")
    assert f"'{name}_FILE'" in line
    assert str(files[name]) not in line


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("INTERNAL_JWT_KEYS", "k1:hunter22"),
        ("INTERNAL_JWT_KEYS", "hunter22" * 4),
        ("INTERNAL_JWT_KEYS", f"k1:{SECRET}\nk2:{SECRET}"),
        ("DB_PASSWORD", "hunter22\u20ac"),
    ],
)
def test_bad_content_ends_the_start_as_that_of_a_variable_does(
    files: dict[str, Path], name: str, content: str
) -> None:
    files[name].write_text(content)

    assert f"'{name}_FILE'" in ending()


@pytest.mark.usefixtures("files")
def test_secrets_from_files_are_not_shown() -> None:
    shown = repr(read())

    assert SECRET not in shown
    assert "hunter22" not in shown


def spoil(path: Path, fault: str) -> None:
    """Make a file unusable."""
    path.unlink()
    if fault == "a folder":
        path.mkdir()
    elif fault != "missing":
        path.write_bytes({"empty": b"", "one line break": b"\n", "binary": b"\xff\xfe"}[fault])


def read() -> ServiceSettings:
    return read_settings("svc-leads", service_settings)


def ending() -> str:
    """The line with which the start ends."""
    with pytest.raises(SystemExit) as ended:
        read()
    line = str(ended.value)
    assert "\n" not in line
    assert SECRET not in line
    assert "hunter22" not in line
    return line
