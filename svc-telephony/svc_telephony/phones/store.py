"""SQL of phones.

Writes phones; reads phones_alias, vicidial_voicemail, system_settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.db_errors import DuplicateKey
from dialkit.sql import assignments, insert_unless

# All others are named for their columns.
_COLUMNS = {
    "phone_login": "login",
    "phone_pass": "pass",
    "registration_password": "conf_secret",
    "phone_full_name": "fullname",
    "admin_user_group": "user_group",
}


class Phone(NamedTuple):
    """A phone's key."""

    extension: str
    server_ip: str


class KnownPhone(NamedTuple):
    """A phone with the names that others may not have."""

    key: Phone
    login: str
    voicemail_id: str


class Site(NamedTuple):
    """What the system's settings say about phones."""

    local_gmt: str
    voicemail_timezone: str
    least_password_length: int
    sip_stacks: str


def columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields under the names of their columns."""
    return {_COLUMNS.get(name, name): value for name, value in fields.items()}


async def find_site(db: Queries) -> Site:
    """The settings as they are now; what is NULL counts as VICIdial's default."""
    row = await db.fetch_one(
        """
        SELECT default_local_gmt, default_voicemail_timezone, require_password_length,
            allowed_sip_stacks
        FROM system_settings
        """
    )
    local_gmt, timezone, least_length, sip_stacks = row or (None, None, None, None)
    return Site(local_gmt or "-5.00", timezone or "eastern", least_length or 0, sip_stacks or "SIP")


async def list_phones(db: Queries, extension: str, server_ip: str | None) -> list[KnownPhone]:
    """The phones of that extension, by server; only the one on that server, if given."""
    # The first column of the index extenserver, or both; NULL is a server to nobody.
    rows = await db.fetch_all(
        """
        SELECT extension, server_ip, COALESCE(login, ''), COALESCE(voicemail_id, '')
        FROM phones
        WHERE extension = %s AND server_ip = COALESCE(%s, server_ip)
        ORDER BY server_ip
        """,
        extension,
        server_ip,
    )
    return [KnownPhone(Phone(*row[:2]), *row[2:]) for row in rows]


async def has_alias(db: Queries, login: str) -> bool:
    """Whether an alias of phones has that login."""
    sql = "SELECT 1 FROM phones_alias WHERE alias_id = %s"
    return bool(await db.fetch_value(sql, login))


async def has_mailbox(db: Queries, voicemail_id: str) -> bool:
    """Whether there is a voicemail box of that id, which is no phone's."""
    sql = "SELECT 1 FROM vicidial_voicemail WHERE voicemail_id = %s"
    return bool(await db.fetch_value(sql, voicemail_id))


async def has_login(db: Queries, login: str, *, besides: Phone) -> bool:
    """Whether another phone has that login."""
    # Phones have no index on their login: a few thousand rows.
    sql = """
        SELECT 1 FROM phones
        WHERE login = %s AND NOT (extension <=> %s AND server_ip <=> %s)
        LIMIT 1
    """
    return bool(await db.fetch_value(sql, login, *besides))


async def add_phone(db: Queries, columns: Mapping[str, Any]) -> bool:
    """Insert a phone; False where its key, or its login, is taken."""
    sql = insert_unless("phones", columns, "SELECT 1 FROM phones WHERE login = %s")
    try:
        return bool(await db.execute(sql, *columns.values(), columns["login"]))
    except DuplicateKey:
        return False


async def change_phone(db: Queries, phone: Phone, columns: Mapping[str, Any]) -> bool:
    """Set the columns; whether there is such a phone."""
    sql = f"""
        UPDATE phones SET {assignments(columns)}
        WHERE extension = %s AND server_ip = %s
    """  # noqa: S608
    return bool(await db.execute(sql, *columns.values(), *phone))


async def delete_phone(db: Queries, phone: Phone) -> bool:
    """Delete a phone; whether there was one."""
    sql = "DELETE FROM phones WHERE extension = %s AND server_ip = %s"
    return bool(await db.execute(sql, *phone))
