"""Where a lead is: its list, what is dialed, its time zone; for one lead that comes in."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.custom_fields import FIRST_CUSTOM_LIST
from dialkit.db import Queries
from dialkit.errors import InvalidInput
from marshmallow import ValidationError

from svc_leads.leads.dial import DEFAULT_CODE, code_from_country, national_number, only_code
from svc_leads.leads.fields import ALT_PHONE, PHONE_NUMBER
from svc_leads.lists import Campaign, ListRow, find_campaign, find_lists
from svc_leads.timezone import store as zones
from svc_leads.timezone.lookup import gmt_offset
from svc_leads.timezone.methods import Method, method_of_list
from svc_leads.timezone.offset import ZoneKey

_LISTS = ("list_id", "entry_list_id")
_NUMBERS = {"phone_number": PHONE_NUMBER, "alt_phone": ALT_PHONE}


async def check_lists(db: Queries, fields: Mapping[str, Any]) -> ListRow | None:
    """The row of the request's `list_id`. Raises: InvalidInput for lists that do not exist."""
    wanted = named_lists(fields)
    found = await find_lists(db, wanted) if wanted else {}
    refuse_lists(fields, found, must_exist=fields["list_exists_check"] == "Y")
    return found.get(fields.get("list_id", 0))


def named_lists(fields: Mapping[str, Any]) -> set[int]:
    """The lists that a lead's fields refer to."""
    return {fields[name] for name in _LISTS if fields.get(name)}


def refuse_lists(fields: Mapping[str, Any], found: Container[int], *, must_exist: bool) -> None:
    """Raise InvalidInput for lists that a lead's fields may not refer to."""
    if 0 < fields.get("entry_list_id", 0) < FIRST_CUSTOM_LIST:
        raise InvalidInput({"entry_list_id": [f"Must be 0, or {FIRST_CUSTOM_LIST} or more"]})
    missing = [name for name in _LISTS if fields.get(name) and fields[name] not in found]
    if missing and must_exist:
        raise InvalidInput({name: ["List not found"] for name in missing})


async def check_campaign(db: Queries, fields: Mapping[str, Any]) -> Campaign | None:
    """The request's campaign, or None where it names none. Raises: InvalidInput."""
    if "campaign_id" not in fields:
        return None
    campaign = await find_campaign(db, fields["campaign_id"])
    if campaign is None:
        raise InvalidInput({"campaign_id": ["Campaign not found"]})
    return campaign


async def new_dial_code(db: Queries, fields: Mapping[str, Any]) -> str:
    """The `phone_code` of a new lead (contract: "Phone code"). Raises: InvalidInput."""
    code, country = known_dial_code(fields), fields.get("country_code", "")
    return code or dial_code_of(country, await zones.list_dial_codes(db, country))


def known_dial_code(fields: Mapping[str, Any]) -> str | None:
    """The `phone_code` that a new lead's fields tell; None where a country's name has to."""
    if "phone_code" in fields:
        return str(fields["phone_code"])
    return code_from_country(fields.get("country_code", ""))


def dial_code_of(country: str, codes: list[int]) -> str:
    """The one dial code of a country. Raises: InvalidInput where it has several."""
    try:
        return only_code(country, codes)
    except ValidationError as error:
        raise InvalidInput({"phone_code": error.messages}) from None


def changed_dial_code(fields: Mapping[str, Any]) -> str | None:
    """The `phone_code` that a change sets, or None: letters in `country_code` change nothing."""
    if "phone_code" in fields:
        return str(fields["phone_code"])
    if fields.get("country_code"):
        return code_from_country(fields["country_code"])
    return None


def country_of_code(phone_code: str | None) -> str:
    """The `country_code` of a new lead that has none."""
    return phone_code[:3] if phone_code else DEFAULT_CODE


def settle_dialing(fields: dict[str, Any], phone_code: str) -> None:
    """Give a new lead's fields what VICIdial dials. Raises: InvalidInput."""
    fields.setdefault("country_code", country_of_code(fields.get("phone_code")))
    fields["phone_code"] = phone_code
    settle_numbers(fields, phone_code)


def settle_numbers(fields: dict[str, Any], phone_code: str) -> None:
    """Turn numbers with `+` into national ones. Raises: InvalidInput."""
    problems: dict[str, Any] = {}
    for name, field in _NUMBERS.items():
        if name in fields:
            try:
                fields[name] = national_number(fields[name], phone_code, field)
            except ValidationError as error:
                problems[name] = error.messages
    if problems:
        raise InvalidInput(problems)


class Zoned(NamedTuple):
    """What of a request decides how the time zone is found."""

    tz_method: str | None
    list_row: ListRow | None

    @property
    def method(self) -> Method:
        """The request's method, else the list's."""
        return method_of_list(self.tz_method or (self.list_row and self.list_row.tz_method))


async def offset_of(db: Queries, columns: Mapping[str, Any], zoned: Zoned, now: Moment) -> float:
    """The lead's `gmt_offset_now`, by its columns."""
    return await gmt_offset(db, zone_key(columns), zoned.method, now.utc) or 0.0


def zone_key(columns: Mapping[str, Any]) -> ZoneKey:
    """What of a lead's columns its time zone depends on."""
    return ZoneKey(
        columns["phone_code"] or "",
        columns["phone_number"],
        columns["country_code"] or "",
        columns["state"] or "",
        columns["postal_code"] or "",
        columns["owner"] or "",
    )
