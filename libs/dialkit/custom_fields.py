"""What definitions and values of custom fields both rest on (contract: lists.md, "Custom fields").

VICIdial's columns are named the other way round than the API's fields: `field_label` holds the name
of the column, `field_name` the text that is shown.
"""

from __future__ import annotations

import re

from dialkit.sql import identifier

FIRST_CUSTOM_LIST = 100

# Columns of `vicidial_list` put the lead's own field into the form and have no column of their own.
_NAMES = """
    vendor_lead_code source_id list_id gmt_offset_now called_since_last_reset phone_code
    phone_number title first_name middle_initial last_name address1 address2 address3 city state
    province postal_code country_code gender date_of_birth alt_phone email security_phrase comments
    called_count last_local_call_time rank entry_date entry_list_id modify_date
    lead_id owner status user
"""
STANDARD_NAMES = frozenset(_NAMES.split())
WITHOUT_COLUMN = frozenset({"DISPLAY", "SCRIPT", "SWITCH", "BUTTON"})
# VICIdial's other names (with a hyphen, say) are no columns that we touch.
_COLUMN_NAME = re.compile(r"[A-Za-z0-9_]{1,64}\Z")
ENUMS = frozenset({"SELECT", "RADIO", "SOURCESELECT"})


def makes_column(name: str | None, field_type: str | None) -> bool:
    """Whether a field of that name and type has a column in the custom table."""
    return (
        _COLUMN_NAME.match(name or "") is not None
        and field_type not in WITHOUT_COLUMN
        and (name or "").lower() not in STANDARD_NAMES
    )


def table(list_id: int) -> str:
    """The list's custom table: the name is built from an integer only."""
    return identifier(f"custom_{int(list_id)}")


def option_lines(text: str) -> list[str]:
    """The lines of `field_options` that say something."""
    return [line for line in text.replace("\r", "").split("\n") if line.strip(" ")]


def option_values(field_type: str, text: str) -> list[str]:
    """The values that stored options allow, in their order, each once."""
    lines = option_lines(text)
    if field_type == "SOURCESELECT":
        parts = (line.partition("=>") for line in lines)
        values = [rest.partition("|")[0] for key, _, rest in parts if key == "option"]
    else:
        values = [line.partition(",")[0] for line in lines]
    return list(dict.fromkeys(values))
