"""VICIdial's hash, by vectors that its own library has made (contract: users.md, "Passwords")."""

from __future__ import annotations

import pytest
from dialkit.secret import Secret
from support.passwords import PASS_KEY, UNUSABLE, VECTORS, Vector
from svc_users.passwords import vicidial_hash
from svc_users.passwords.vicidial_hash import HashingNotConfigured, bcrypt_base64, password_hash


@pytest.mark.parametrize("vector", VECTORS)
def test_it_makes_the_hash_that_vicidial_makes(vector: Vector) -> None:
    hashed = password_hash(vector.password, pass_key=vector.pass_key, cost=vector.cost)

    assert hashed == vector.hashed


@pytest.mark.parametrize(
    ("pass_key", "salt"),
    [
        (PASS_KEY, "WUHhXETkX0evKhKyLRW1M."),
        ("Zk3vP0sQ8mLx1RtY", "Ukqxbj.uazC2ZSv2KTHyUO"),
        ("0123456789abcdef", "KBCwKxOzLha2MUDgW0PjXe"),
    ],
)
def test_the_salt_is_spelled_as_vicidial_spells_it(pass_key: str, salt: str) -> None:
    assert bcrypt_base64(pass_key.encode()) == salt


@pytest.mark.parametrize("vector", [one for one in VECTORS if one.cost == 4])
def test_the_cipher_of_our_own_makes_what_the_library_makes(
    monkeypatch: pytest.MonkeyPatch, vector: Vector
) -> None:
    monkeypatch.setattr(vicidial_hash, "_LEAST_COST_OF_LIBRARY", 5)
    monkeypatch.delattr("bcrypt.hashpw")

    hashed = password_hash(vector.password, pass_key=vector.pass_key, cost=vector.cost)

    assert hashed == vector.hashed


@pytest.mark.parametrize("cost", [0, 1])
def test_a_hash_of_each_cost_that_the_library_refuses_has_31_characters(cost: int) -> None:
    assert len(password_hash("1234", pass_key=PASS_KEY, cost=cost)) == 31


@pytest.mark.parametrize("cost", [2, 4])
def test_a_hash_is_shown_to_nobody(cost: int) -> None:
    hashed = password_hash("1234", pass_key=PASS_KEY, cost=cost)

    assert isinstance(hashed, Secret)
    assert repr(hashed) == "'***'"


@pytest.mark.parametrize(("pass_key", "cost"), UNUSABLE)
def test_settings_that_make_no_hash_are_refused(pass_key: str, cost: int) -> None:
    with pytest.raises(HashingNotConfigured) as refused:
        password_hash("1234", pass_key=pass_key, cost=cost)

    assert (refused.value.status, refused.value.message) == (
        500,
        "Password hashing is not configured",
    )


def test_the_salt_is_counted_in_bytes() -> None:
    assert len(password_hash("1234", pass_key="abcdefgh123456é", cost=4)) == 31
