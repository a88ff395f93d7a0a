"""VICIdial's password hash: bcrypt with one salt for the whole site."""

from __future__ import annotations

import string
from base64 import b64encode

import bcrypt
import structlog
from dialkit.errors import ApiError
from dialkit.secret import Secret

from svc_users.passwords.eksblowfish import eksblowfish_hash

log = structlog.get_logger("passwords")

_SALT_BYTES = 16
_MAX_COST = 31
# The bcrypt library refuses lower ones, and VICIdial's default is 2.
_LEAST_COST_OF_LIBRARY = 4
_LETTERS_AND_DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits
_TO_BCRYPT = bytes.maketrans(
    f"{_LETTERS_AND_DIGITS}+/".encode(), f"./{_LETTERS_AND_DIGITS}".encode()
)


class HashingNotConfigured(ApiError):
    """500: the site's salt or cost makes no hash; to store what VICIdial makes lets anybody in."""

    def __init__(self) -> None:
        super().__init__("Password hashing is not configured")


def check_configured(*, pass_key: str, cost: int) -> None:
    """Raises: HashingNotConfigured where VICIdial itself would make no hash."""
    key_bytes = len(pass_key.encode())
    if key_bytes != _SALT_BYTES or not 0 <= cost <= _MAX_COST:
        log.error(
            "system_settings make no hash: pass_key must have 16 bytes, pass_cost be 0 to 31",
            pass_key_bytes=key_bytes,
            pass_cost=cost,
        )
        raise HashingNotConfigured


def password_hash(password: str, *, pass_key: str, cost: int) -> Secret:
    """The 31 characters of `pass_hash`. Raises: HashingNotConfigured."""
    check_configured(pass_key=pass_key, cost=cost)
    if cost < _LEAST_COST_OF_LIBRARY:
        return Secret(bcrypt_base64(eksblowfish_hash(password.encode(), pass_key.encode(), cost)))
    settings = f"$2a${cost:02}${bcrypt_base64(pass_key.encode())}"
    return Secret(bcrypt.hashpw(password.encode(), settings.encode())[len(settings) :].decode())


def bcrypt_base64(data: bytes) -> str:
    """Base64 with bcrypt's alphabet, and without padding."""
    return b64encode(data).rstrip(b"=").translate(_TO_BCRYPT).decode()
