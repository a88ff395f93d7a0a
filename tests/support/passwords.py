"""Passwords and their hashes, and the site's settings of them."""

from typing import Any, NamedTuple

import pytest
from support.database import TestDatabase


class Vector(NamedTuple):
    """A hash that VICIdial's own library has made (contract: users.md, "Passwords")."""

    password: str
    pass_key: str
    cost: int
    hashed: str


PASS_KEY = "abcdefgh12345678"
# Of the cipher of our own, and of the bcrypt library.
OWN = Vector("Agent-Pass_9", "Zk3vP0sQ8mLx1RtY", 2, "uHgmhgR1TaLjbCEEryhFqPp5vjKnhUi")
BCRYPT = Vector("1234", PASS_KEY, 4, "xDWGKMDWsL50wMhx7jLgT93rgPmfe/O")
VECTORS = [
    Vector("1234", PASS_KEY, 2, "w57tabe0S2XBvW1Bb8hdaSt22/jZlP2"),
    Vector("1234", PASS_KEY, 3, "s.rpKIdQDF5Zlb6a7nE2y5nIsrsjAvG"),
    BCRYPT,
    OWN,
    Vector("Agent-Pass_9", "Zk3vP0sQ8mLx1RtY", 8, "7Milyrkku90ljXJA4tkb.FU85CNY/J."),
    Vector("password123", "0123456789abcdef", 2, "hNhJw7Vlk5ih6YBBvJWGnwG9lrB1oc."),
    Vector("password123", "0123456789abcdef", 10, "AbdTFsE7Z2WQjHtnC6/AIn.FdpyDXHS"),
    Vector("a" * 72, PASS_KEY, 4, "hxN0dQin5mun3QtbZa6ePlNzpdNZG0O"),
]
BOTH_HASHES = pytest.mark.parametrize("vector", [OWN, BCRYPT], ids=["own hash", "bcrypt"])
# Keys and costs that make no hash.
UNUSABLE: list[Any] = [
    pytest.param("", 2, id="no key"),
    pytest.param("abcdefgh1234567", 2, id="key of 15 bytes"),
    pytest.param("abcdefgh123456789", 2, id="key of 17 bytes"),
    pytest.param("abcdefgh1234567é", 2, id="16 characters, but 17 bytes"),
    pytest.param("abcdefgh1234567", 10, id="key of 15 bytes, for the library"),
    pytest.param(PASS_KEY, 32, id="cost 32"),
    pytest.param(PASS_KEY, 255, id="cost 255"),
]


def set_system(db: TestDatabase, **columns: Any) -> None:
    """Change the system's settings: `set_system(db, auto_user_add_value=1000)`."""
    changes = ", ".join(f"`{name}` = %s" for name in columns)
    db.execute(f"UPDATE system_settings SET {changes}", *columns.values())


def hash_passwords(db: TestDatabase, pass_key: str = PASS_KEY, cost: int = 2) -> None:
    """Switch the hashing of passwords on."""
    set_system(db, pass_hash_enabled="1", pass_key=pass_key, pass_cost=cost)
