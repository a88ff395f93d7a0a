"""VICIdial's hash, by vectors that its own library has made (contract: users.md, "Passwords")."""

from __future__ import annotations

import pytest
from dialkit.secret import Secret
from svc_users.passwords import vicidial_hash
from svc_users.passwords.vicidial_hash import HashingNotConfigured, bcrypt_base64, password_hash

VECTORS = [
    ("1234", "abcdefgh12345678", 2, "w57tabe0S2XBvW1Bb8hdaSt22/jZlP2"),
    ("1234", "abcdefgh12345678", 3, "s.rpKIdQDF5Zlb6a7nE2y5nIsrsjAvG"),
    ("1234", "abcdefgh12345678", 4, "xDWGKMDWsL50wMhx7jLgT93rgPmfe/O"),
    ("Agent-Pass_9", "Zk3vP0sQ8mLx1RtY", 2, "uHgmhgR1TaLjbCEEryhFqPp5vjKnhUi"),
    ("Agent-Pass_9", "Zk3vP0sQ8mLx1RtY", 8, "7Milyrkku90ljXJA4tkb.FU85CNY/J."),
    ("password123", "0123456789abcdef", 2, "hNhJw7Vlk5ih6YBBvJWGnwG9lrB1oc."),
    ("password123", "0123456789abcdef", 10, "AbdTFsE7Z2WQjHtnC6/AIn.FdpyDXHS"),
    ("a" * 72, "abcdefgh12345678", 4, "hxN0dQin5mun3QtbZa6ePlNzpdNZG0O"),
]


@pytest.mark.parametrize(("password", "pass_key", "cost", "expected"), VECTORS)
def test_vectors_of_vicidial(password: str, pass_key: str, cost: int, expected: str) -> None:
    assert password_hash(password, pass_key=pass_key, cost=cost) == expected


@pytest.mark.parametrize(
    ("pass_key", "salt"),
    [
        ("abcdefgh12345678", "WUHhXETkX0evKhKyLRW1M."),
        ("Zk3vP0sQ8mLx1RtY", "Ukqxbj.uazC2ZSv2KTHyUO"),
        ("0123456789abcdef", "KBCwKxOzLha2MUDgW0PjXe"),
    ],
)
def test_salts_of_vicidial(pass_key: str, salt: str) -> None:
    assert bcrypt_base64(pass_key.encode()) == salt


@pytest.mark.parametrize(
    ("password", "pass_key", "expected"),
    [(password, key, expected) for password, key, cost, expected in VECTORS if cost == 4],
)
def test_ours_makes_what_the_library_makes(
    monkeypatch: pytest.MonkeyPatch, password: str, pass_key: str, expected: str
) -> None:
    monkeypatch.setattr(vicidial_hash, "_LEAST_COST_OF_LIBRARY", 5)
    monkeypatch.delattr("bcrypt.hashpw")

    assert password_hash(password, pass_key=pass_key, cost=4) == expected


@pytest.mark.parametrize("cost", [0, 1])
def test_a_hash_of_each_cost_that_the_library_refuses_has_31_characters(cost: int) -> None:
    assert len(password_hash("1234", pass_key="abcdefgh12345678", cost=cost)) == 31


@pytest.mark.parametrize("cost", [2, 4])
def test_a_hash_is_shown_to_nobody(cost: int) -> None:
    hashed = password_hash("1234", pass_key="abcdefgh12345678", cost=cost)

    assert isinstance(hashed, Secret)
    assert repr(hashed) == "'***'"


@pytest.mark.parametrize(
    ("pass_key", "cost"),
    [
        pytest.param("", 2, id="no salt"),
        pytest.param("abcdefgh1234567", 2, id="15 bytes"),
        pytest.param("abcdefgh123456789", 2, id="17 bytes"),
        pytest.param("abcdefgh1234567é", 2, id="16 characters of 17 bytes"),
        pytest.param("abcdefgh1234567", 10, id="15 bytes, for the library"),
        pytest.param("abcdefgh12345678", 32, id="cost 32"),
        pytest.param("abcdefgh12345678", 255, id="cost 255"),
    ],
)
def test_settings_that_make_no_hash(pass_key: str, cost: int) -> None:
    with pytest.raises(HashingNotConfigured) as refused:
        password_hash("1234", pass_key=pass_key, cost=cost)

    assert (refused.value.status, refused.value.message) == (
        500,
        "Password hashing is not configured",
    )


def test_the_salt_is_counted_in_bytes() -> None:
    assert len(password_hash("1234", pass_key="abcdefgh123456é", cost=4)) == 31
