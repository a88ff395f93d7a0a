"""Token keys that change while programs run."""

from dataclasses import dataclass

import jwt
import pytest
from dialkit.errors import AuthenticationNeeded
from dialkit.tokens import Caller, Signer, TokenKeys, Verifier

OLD, NEW = TokenKeys({"k1": "o" * 32}), TokenKeys({"k2": "n" * 32})
OLD_FIRST = TokenKeys({**OLD.by_id, **NEW.by_id})
NEW_FIRST = TokenKeys({**NEW.by_id, **OLD.by_id})
CALLER = Caller(given_tag="6666", ip="192.0.2.7", issuer="gateway")


@dataclass
class Keys:
    """Keys that a test changes."""

    current: TokenKeys


def test_a_signer_uses_the_new_first_key_at_once() -> None:
    keys = Keys(OLD)
    signer = Signer("gateway", keys)
    before = signer.authorization("svc-leads", CALLER)

    keys.current = NEW_FIRST
    after = signer.authorization("svc-leads", CALLER)

    assert [key_of(header) for header in (before, after)] == ["k1", "k2"]


def test_a_signer_makes_no_token_anew_while_keys_stay() -> None:
    signer = Signer("gateway", Keys(OLD))

    assert signer.authorization("x", CALLER) is signer.authorization("x", CALLER)


def test_a_token_of_a_new_key_is_accepted_from_then_on() -> None:
    keys = Keys(OLD)
    verifier, header = Verifier("svc-leads", keys), signed_with(NEW)
    assert not accepts(verifier, header)

    keys.current = OLD_FIRST

    assert accepts(verifier, header)


def test_a_remembered_token_is_accepted_as_long_as_its_key_is_listed() -> None:
    keys = Keys(OLD)
    verifier, header = Verifier("svc-leads", keys), signed_with(OLD)
    assert accepts(verifier, header)

    for keys.current in (OLD_FIRST, NEW_FIRST):
        assert accepts(verifier, header)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(NEW, id="key removed"),
        pytest.param(TokenKeys({"k1": "x" * 32}), id="secret replaced"),
    ],
)
def test_a_remembered_token_is_refused_once_its_key_is_gone(now: TokenKeys) -> None:
    keys = Keys(OLD)
    verifier, header = Verifier("svc-leads", keys), signed_with(OLD)
    assert accepts(verifier, header)

    keys.current = now

    assert not accepts(verifier, header)


def key_of(header: str) -> str:
    """The id of the key that signed."""
    return str(jwt.get_unverified_header(header.removeprefix("Bearer "))["kid"])


def signed_with(keys: TokenKeys) -> str:
    return Signer("gateway", keys).authorization("svc-leads", CALLER)


def accepts(verifier: Verifier, header: str) -> bool:
    try:
        return verifier.caller(header) == CALLER
    except AuthenticationNeeded:
        return False
