"""What the gateway reads from the environment: its secrets from files, its limit of requests."""

from pathlib import Path

import pytest
from dialkit.settings import read_settings
from dialkit.tokens import TokenKeys
from gateway.settings import GatewaySettings, gateway_settings

SECRET = "s" * 32
GOOD = {"API_KEY": "hunter22", "INTERNAL_JWT_KEYS": f"k1:{SECRET}"}
STORAGE = "redis://:hunter33@redis.example:6379/0"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What the gateway needs at least."""
    for name in (*GOOD, "RATE_LIMIT", "RATE_LIMIT_STORAGE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_without_more_there_is_no_limit() -> None:
    settings = read()

    assert (settings.rate_limit, settings.rate_limit_storage) == ("", "")


def test_each_secret_may_be_in_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, text in (GOOD | {"RATE_LIMIT_STORAGE": STORAGE}).items():
        environment.delenv(name, raising=False)
        (tmp_path / name).write_text(f"{text}\n")
        environment.setenv(f"{name}_FILE", str(tmp_path / name))

    settings = read()

    assert settings.api_key == "hunter22"
    assert settings.token_keys.current == TokenKeys({"k1": SECRET})
    assert settings.rate_limit_storage == STORAGE
    assert "hunter" not in repr(settings)


@pytest.mark.parametrize("rate", ["", "100/second", "5 per minute", "100/second; 1000/minute"])
def test_a_limit_can_be_set(environment: pytest.MonkeyPatch, rate: str) -> None:
    environment.setenv("RATE_LIMIT", rate)

    assert read().rate_limit == rate


@pytest.mark.parametrize("url", ["", STORAGE, "rediss://redis", "redis://[::1]:6379"])
def test_a_limit_can_be_counted_in_redis(environment: pytest.MonkeyPatch, url: str) -> None:
    environment.setenv("RATE_LIMIT_STORAGE", url)

    assert read().rate_limit_storage == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RATE_LIMIT", "many"),
        ("RATE_LIMIT", "100"),
        ("RATE_LIMIT", "0/second"),
        ("RATE_LIMIT", "-1/second"),
        ("RATE_LIMIT", "100/fortnight"),
        ("RATE_LIMIT", f"1{'0' * 5000}/second"),
        ("RATE_LIMIT_STORAGE", "redis"),
        ("RATE_LIMIT_STORAGE", "redis:hunter33"),
        ("RATE_LIMIT_STORAGE", "redis://"),
        ("RATE_LIMIT_STORAGE", "memory://"),
        ("RATE_LIMIT_STORAGE", "http://redis.example:6379"),
        ("RATE_LIMIT_STORAGE", "redis://:hunter33@redis.example:port"),
        ("RATE_LIMIT_STORAGE", "redis://[hunter33"),
        ("RATE_LIMIT_STORAGE", "redis://:hunter33@redis.example:65536"),
    ],
)
def test_a_bad_limit_ends_the_start_with_a_line_that_names_it(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)

    assert f"'{name}'" in ending()


@pytest.mark.parametrize("name", ["API_KEY", "INTERNAL_JWT_KEYS", "RATE_LIMIT_STORAGE"])
def test_a_secret_given_twice_ends_the_start(
    environment: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    secret = (GOOD | {"RATE_LIMIT_STORAGE": STORAGE})[name]
    (tmp_path / "secret").write_text(secret)
    environment.setenv(name, secret)
    environment.setenv(f"{name}_FILE", str(tmp_path / "secret"))

    assert f"'{name}'" in ending()


@pytest.mark.parametrize("content", ["", "\n", " hunter22", "hunter22\n\n", None])
def test_a_bad_file_of_the_api_key_ends_the_start(
    environment: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "api-key"
    if content is not None:
        path.write_text(content)
    environment.delenv("API_KEY")
    environment.setenv("API_KEY_FILE", str(path))

    assert "'API_KEY_FILE'" in ending()


def read() -> GatewaySettings:
    return read_settings("gateway", gateway_settings)


def ending() -> str:
    """The line with which the start ends."""
    with pytest.raises(SystemExit) as ended:
        read()
    line = str(ended.value)
    assert "\n" not in line
    assert "hunter" not in line
    return line
