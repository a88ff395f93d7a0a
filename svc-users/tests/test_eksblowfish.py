"""The cipher of our own beside that of the bcrypt library, at a cost that both take."""

from __future__ import annotations

import bcrypt
import pytest
from svc_users.passwords.eksblowfish import _first_words, eksblowfish_hash
from svc_users.passwords.vicidial_hash import bcrypt_base64

LEAST_COST_OF_LIBRARY = 4
KEYS = [
    pytest.param(b"", id="nothing"),
    pytest.param(b"ab", id="2 bytes"),
    pytest.param(b"Agent-Pass_9", id="12 bytes"),
    pytest.param(b"x" * 71, id="71 bytes, and the NUL just fits"),
    pytest.param(b"x" * 71 + b"y", id="72 bytes, and no NUL"),
    pytest.param(bytes(range(255, 183, -1)), id="bytes with their highest bit set"),
]
SALTS = [
    pytest.param(bytes(16), id="zeros"),
    pytest.param(b"\xff" * 16, id="ones"),
    pytest.param(b"abcdefgh12345678", id="letters and digits"),
]


def of_the_library(key: bytes, salt: bytes, cost: int) -> str:
    settings = f"$2a${cost:02}${bcrypt_base64(salt)}"
    return bcrypt.hashpw(key, settings.encode()).decode()[29:]


@pytest.mark.parametrize("salt", SALTS)
@pytest.mark.parametrize("key", KEYS)
def test_both_make_the_same_hash(key: bytes, salt: bytes) -> None:
    ours = eksblowfish_hash(key, salt, LEAST_COST_OF_LIBRARY)

    assert bcrypt_base64(ours) == of_the_library(key, salt, LEAST_COST_OF_LIBRARY)


def test_both_agree_on_what_a_step_of_cost_is() -> None:
    ours = eksblowfish_hash(b"1234", b"abcdefgh12345678", 6)

    assert bcrypt_base64(ours) == of_the_library(b"1234", b"abcdefgh12345678", 6)


def test_a_hash_has_23_bytes_and_each_cost_its_own() -> None:
    hashes = {eksblowfish_hash(b"1234", b"abcdefgh12345678", cost) for cost in range(4)}

    assert [len(one) for one in hashes] == [23, 23, 23, 23]


def test_it_begins_with_the_fraction_of_pi() -> None:
    keys, boxes = _first_words()

    assert keys[:2] == [0x243F6A88, 0x85A308D3]
    assert keys[-1] == 0x8979FB1B
    assert [(box[0], box[-1]) for box in boxes] == [
        (0xD1310BA6, 0x6E85076A),
        (0x4B7A70E9, 0xDB83ADF7),
        (0xE93D5A68, 0x406000E0),
        (0x3A39CE37, 0x3AC372E6),
    ]


def test_one_hash_leaves_nothing_to_the_next() -> None:
    before = _first_words()
    eksblowfish_hash(b"1234", b"abcdefgh12345678", 0)

    assert _first_words() == before


def test_it_leaves_the_interpreter_to_others_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("svc_users.passwords.eksblowfish.time.sleep", pauses.append)

    eksblowfish_hash(b"1234", b"abcdefgh12345678", 2)

    # After each of five tables, in each of nine expansions of a key.
    assert len(pauses) == 5 * (1 + 2 * 2**2)
    assert min(pauses) > 0
