"""Service tokens: what is signed, what is believed, and for how long."""

import time
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from dialkit.errors import ApiError, AuthenticationNeeded, InvalidInput
from dialkit.tokens import LIFETIME_S, Caller, Signer, TokenKeys, Verifier, check_tag

OLD, NEW = "o" * 32, "n" * 32
CALLER = Caller(given_tag="6666", ip="192.0.2.7", issuer="gateway")


class Time(SimpleNamespace):
    """The module `time`, as far as tokens use it."""

    now: float

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The clock of the tokens, standing still."""
    stopped = Time(now=float(int(time.time())))
    monkeypatch.setattr("dialkit.tokens.time", stopped)
    return stopped


def test_a_token_tells_who_calls_for_whom() -> None:
    signer, verifier = Signer("gateway", keys()), Verifier("svc-leads", keys())

    assert verifier.caller(signer.authorization("svc-leads", CALLER)) == CALLER


def test_a_request_without_tag_carries_none_and_is_recorded_as_api() -> None:
    signer, verifier = Signer("gateway", keys()), Verifier("svc-leads", keys())

    caller = verifier.caller(signer.authorization("svc-leads", Caller("", "", "gateway")))

    assert (caller.given_tag, caller.tag, caller.ip) == ("", "api", "")


def test_a_token_names_its_key_and_lasts_a_minute(clock: Time) -> None:
    header = Signer("gateway", TokenKeys({"k2": NEW, "k1": OLD})).authorization("x", CALLER)

    token = header.removeprefix("Bearer ")
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "kid": "k2", "typ": "JWT"}
    assert jwt.decode(token, NEW, algorithms=["HS256"], audience="x") == {
        "iss": "gateway",
        "aud": "x",
        "sub": "6666",
        "ip": "192.0.2.7",
        "iat": int(clock.now),
        "exp": int(clock.now) + 60,
    }


def test_a_token_is_made_once_and_used_until_it_is_half_spent(clock: Time) -> None:
    signer = Signer("gateway", keys())
    first = signer.authorization("svc-leads", CALLER)

    clock.now += LIFETIME_S / 2 - 1
    again = signer.authorization("svc-leads", CALLER)
    clock.now += 1
    renewed = signer.authorization("svc-leads", CALLER)

    assert first == again != renewed


def test_another_audience_tag_or_address_has_a_token_of_its_own() -> None:
    signer = Signer("gateway", keys())

    tokens = {
        signer.authorization("svc-leads", CALLER),
        signer.authorization("svc-lists", CALLER),
        signer.authorization("svc-leads", Caller("7777", "192.0.2.7", "gateway")),
        signer.authorization("svc-leads", Caller("6666", "192.0.2.8", "gateway")),
    }

    assert len(tokens) == 4


def test_the_memory_of_tokens_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialkit.tokens._REMEMBERED", 3)
    signer, verifier = Signer("gateway", keys()), Verifier("svc-leads", keys())

    for number in range(10):
        verifier.caller(signer.authorization("svc-leads", Caller(f"{number}", "", "gateway")))

    assert len(signer._made) <= 3
    assert len(verifier._good) <= 3


def test_keys_are_replaced_without_a_stop() -> None:
    old, both, new = keys(), TokenKeys({"k2": NEW, "k1": OLD}), TokenKeys({"k2": NEW})

    # First all accept both keys, and some sign with the new one; then the old one goes.
    assert is_accepted(signed_with=old, by=both)
    assert is_accepted(signed_with=both, by=both)
    assert is_accepted(signed_with=both, by=new)
    assert not is_accepted(signed_with=old, by=new)
    assert not is_accepted(signed_with=both, by=old)


def test_a_good_token_is_remembered_until_it_expires(clock: Time) -> None:
    secrets = {"k1": OLD}
    verifier = Verifier("svc-leads", TokenKeys(secrets))
    header = Signer("gateway", keys()).authorization("svc-leads", CALLER)
    verifier.caller(header)

    secrets.clear()  # from here on it could not be verified any more

    clock.now += LIFETIME_S - 1
    assert verifier.caller(header) == CALLER
    clock.now += 1
    with pytest.raises(AuthenticationNeeded):
        verifier.caller(header)


@pytest.mark.parametrize(
    ("changes", "options"),
    [
        pytest.param({"exp": 1}, {}, id="expired"),
        pytest.param({"aud": "svc-lists"}, {}, id="for another service"),
        pytest.param({"aud": ["svc-leads", "svc-lists"]}, {}, id="for several services"),
        pytest.param({"aud": None}, {}, id="for nobody"),
        pytest.param({"exp": None}, {}, id="for ever"),
        pytest.param({"sub": None}, {}, id="without tag"),
        pytest.param({"iss": None}, {}, id="from nobody"),
        pytest.param({"iat": None}, {}, id="made at no time"),
        pytest.param({"iat": 99999999999}, {}, id="made tomorrow"),
        pytest.param({}, {"key": NEW}, id="another key"),
        pytest.param({}, {"headers": {"kid": "k9"}}, id="an unknown key"),
        pytest.param({}, {"headers": {}}, id="no key named"),
        pytest.param({}, {"algorithm": "HS512", "key": OLD * 2}, id="another algorithm"),
        pytest.param({}, {"algorithm": "none", "key": None}, id="no signature"),
    ],
)
def test_a_token_that_says_something_else_is_refused(
    changes: dict[str, Any], options: dict[str, Any]
) -> None:
    claims = good_claims() | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    given = {"key": OLD, "algorithm": "HS256", "headers": {"kid": "k1"}} | options

    with pytest.raises(AuthenticationNeeded):
        Verifier("svc-leads", keys()).caller(f"Bearer {jwt.encode(claims, **given)}")


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YTpi", "Bearer \x00", "Bearer ä"],
)
def test_what_is_no_token_is_refused(header: str) -> None:
    with pytest.raises(AuthenticationNeeded) as refused:
        Verifier("svc-leads", keys()).caller(header)

    assert refused.value.status == 401


def test_a_token_that_was_changed_is_refused() -> None:
    header = Signer("gateway", keys()).authorization("svc-leads", CALLER)
    start, _, signature = header.split(".")
    other = Signer("gateway", keys()).authorization("svc-leads", Caller("x", "", "gateway"))

    with pytest.raises(AuthenticationNeeded):
        Verifier("svc-leads", keys()).caller(f"{start}.{other.split('.')[1]}.{signature}")


@pytest.mark.parametrize("tag", ["6666", "a" * 20, "a-b_c.D", 6666])
def test_a_tag_is_taken(tag: object) -> None:
    assert check_tag(tag) == str(tag)


@pytest.mark.parametrize(
    "tag", ["", "a" * 21, "a b", "a'b", "a\n", "ä", "\u0663", True, None, 1.5, ["a"], {"a": 1}]
)
def test_what_is_no_tag_is_a_400_on_user(tag: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_tag(tag)

    assert isinstance(refused.value, ApiError)
    assert list(refused.value.details or {}) == ["user"]


def test_secrets_are_not_shown() -> None:
    assert OLD not in repr(keys())


def keys() -> TokenKeys:
    """The one key that all share."""
    return TokenKeys({"k1": OLD})


def good_claims() -> dict[str, Any]:
    """Claims of a token that is believed."""
    now = int(time.time())
    return {"iss": "gateway", "aud": "svc-leads", "sub": "6666", "iat": now, "exp": now + 60}


def is_accepted(*, signed_with: TokenKeys, by: TokenKeys) -> bool:
    """Whether a service with those keys believes a token signed with these."""
    header = Signer("gateway", signed_with).authorization("svc-leads", CALLER)
    try:
        return Verifier("svc-leads", by).caller(header) == CALLER
    except AuthenticationNeeded:
        return False
