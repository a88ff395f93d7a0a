"""What definitions and values of custom fields both rest on (contract: lists.md, "Custom fields").

VICIdial's columns are named the other way round than the API's fields: `field_label` holds the name
of the column, `field_name` the text that is shown.
"""

from __future__ import annotations

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
ENUMS = frozenset({"SELECT", "RADIO", "SOURCESELECT"})


def table(list_id: int) -> str:
    """The list's custom table: the name is built from an integer only."""
    return identifier(f"custom_{int(list_id)}")


def option_lines(text: str) -> list[str]:
    """The lines of `field_options` that say something."""
    return [line for line in text.replace("\r", "").split("\n") if line.strip()]


def option_values(field_type: str, text: str) -> list[str]:
    """The values that stored options allow, in their order, each once."""
    lines = option_lines(text)
    if field_type == "SOURCESELECT":
        parts = (line.partition("=>") for line in lines)
        values = [rest.partition("|")[0] for key, _, rest in parts if key == "option"]
    else:
        values = [line.partition(",")[0] for line in lines]
    return list(dict.fromkeys(values))
