"""Where a lead is: its list, what is dialed, its time zone; for one lead that comes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Queries
from dialkit.errors import InvalidInput
from marshmallow import ValidationError

from svc_leads.custom_values.values import FIRST_CUSTOM_LIST
from svc_leads.leads.dial import DEFAULT_CODE, code_from_country, national_number, only_code
from svc_leads.leads.fields import ALT_PHONE, PHONE_NUMBER
from svc_leads.lists import Campaign, ListRow, find_campaign, find_lists
from svc_leads.timezone import store as zones
from svc_leads.timezone.lookup import gmt_offset
from svc_leads.timezone.methods import method_of_list
from svc_leads.timezone.offset import ZoneKey

_NUMBERS = {"phone_number": PHONE_NUMBER, "alt_phone": ALT_PHONE}


async def check_lists(db: Queries, fields: Mapping[str, Any]) -> ListRow | None:
    """The row of the request's `list_id`. Raises: InvalidInput for lists that do not exist."""
    entry_list_id = fields.get("entry_list_id", 0)
    if 0 < entry_list_id < FIRST_CUSTOM_LIST:
        raise InvalidInput({"entry_list_id": [f"Must be 0, or {FIRST_CUSTOM_LIST} or more"]})
    wanted = {name: fields[name] for name in ("list_id", "entry_list_id") if fields.get(name)}
    found = await find_lists(db, set(wanted.values())) if wanted else {}
    missing = {name: ["List not found"] for name, list_id in wanted.items() if list_id not in found}
    if missing and fields["list_exists_check"] == "Y":
        raise InvalidInput(missing)
    return found.get(fields.get("list_id", 0))


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
    if "phone_code" in fields:
        return str(fields["phone_code"])
    country = fields.get("country_code", "")
    code = code_from_country(country)
    if code is not None:
        return code
    try:
        return only_code(country, await zones.list_dial_codes(db, country))
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


async def offset_of(db: Queries, columns: Mapping[str, Any], zoned: Zoned, now: Moment) -> float:
    """The lead's `gmt_offset_now`, by its columns."""
    in_list = zoned.list_row.tz_method if zoned.list_row else None
    lead = ZoneKey(
        columns["phone_code"] or "",
        columns["phone_number"],
        columns["country_code"] or "",
        columns["state"] or "",
        columns["postal_code"] or "",
        columns["owner"] or "",
    )
    method = method_of_list(zoned.tz_method or in_list)
    return await gmt_offset(db, lead, method, now.utc) or 0.0
