"""Demo campaigns and lists, and what belongs to them: custom fields, presets, URLs, numbers."""

from datetime import datetime

from deploy.db.demo_rows import Row, Rows, column_text

CUSTOM_LIST = 101

_EXAMPLE_TIME = datetime(2025, 1, 8, 10, 30)  # noqa: DTZ001 - as the database keeps it
_CUSTOMER_TYPES = ("Residential", "Commercial", "Government")


def list_rows(now: datetime) -> dict[str, Rows]:
    """The rows by table; `now` is local time."""
    return {
        "vicidial_campaigns": _campaigns(now),
        "vicidial_lists": _lists(),
        "vicidial_lists_fields": _custom_fields(),
        "vicidial_scripts": [_script("GENERIC", "Generic script")],
        "vicidial_lead_filters": [
            {
                "lead_filter_id": "FLORIDA",
                "lead_filter_name": "Leads of Florida",
                "lead_filter_sql": "state = 'FL'",
            }
        ],
        "vicidial_xfer_presets": [
            _preset("SALES", "3125551213", dtmf="1234"),
            _preset("SUPPORT LINE", "3125551214"),
        ],
        "vicidial_url_multi": [_dispo_url(3)],
        "vicidial_dnc": [{"phone_number": "5550001111"}, {"phone_number": "900XXXXXXX"}],
        "vicidial_campaign_dnc": [{"phone_number": "5550002222", "campaign_id": "TESTCAMP"}],
        "vicidial_filter_phone_groups": [
            {
                "filter_phone_group_id": "BADNUMBERS",
                "filter_phone_group_name": "Bad numbers",
                "filter_phone_group_description": "Callers that nobody wants to talk to",
            }
        ],
        "vicidial_filter_phone_numbers": [
            {"phone_number": "5550003333", "filter_phone_group_id": "BADNUMBERS"}
        ],
        "vicidial_cid_groups": [
            {"cid_group_id": "FLCIDS", "cid_group_notes": "", "cid_group_type": "AREACODE"}
        ],
        "vicidial_campaign_cid_areacodes": [
            _outbound_cid("727", "7275551212", "FL1 test", active=""),
            _outbound_cid("727", "7275551213", "FL2 test", active="Y"),
            _outbound_cid("813", "8135551212", "Tampa", active="Y"),
        ],
    }


def custom_table(engine: str) -> str:
    """The CREATE TABLE for the values of the custom fields."""
    return f"""
        CREATE TABLE custom_{CUSTOM_LIST} (
          lead_id INT(9) UNSIGNED NOT NULL PRIMARY KEY,
          favorite_color VARCHAR(50) DEFAULT NULL,
          customer_type ENUM('Residential','Commercial','Government') DEFAULT 'Residential'
        ) ENGINE={engine}
    """


def _campaigns(now: datetime) -> Rows:
    common = {
        "active": "Y",
        "dial_status_a": "NEW",
        "lead_order": "DOWN",
        "dial_method": "RATIO",
        "auto_dial_level": "1.0",
        "hopper_level": 50,
        "allow_closers": "Y",
        # Leads can be put into the hopper whenever somebody tries the examples.
        "local_call_time": "24hours",
        "use_internal_dnc": "Y",
        "campaign_changedate": now,
    }
    return [
        {
            "campaign_id": "TESTCAMP",
            "campaign_name": "Test Campaign",
            "omit_phone_code": "Y",
            "campaign_cid": "15559876543",
            "cid_group_id": "---DISABLED---",
            "dial_statuses": column_text(("DROP", "A", "NEW")),
            "use_campaign_dnc": "Y",
            "dispo_call_url": "ALT",
            "campaign_allow_inbound": "Y",
            "closer_campaigns": column_text(("AGENTDIRECT", "SALES", "SUPPORT")),
        }
        | common,
        {
            "campaign_id": "NEWCAMP",
            "campaign_name": "New Campaign",
            "omit_phone_code": "N",
            "campaign_cid": "2125550100",
            "cid_group_id": "FLCIDS",
            "dial_statuses": column_text(("NEW", "NA", "B")),
            "use_campaign_dnc": "N",
            "dispo_call_url": "",
            "campaign_allow_inbound": "N",
            "closer_campaigns": column_text(("SUPPORT",)),
        }
        | common,
    ]


def _lists() -> Rows:
    january = {"agent_script_override": "GENERIC", "web_form_address": "http://example.com/form"}
    return [
        _list(CUSTOM_LIST, "January Leads", "TESTCAMP", "Leads for January"),
        # Not active: nothing of it gets into the hopper.
        _list(102, "January 2025 Leads", "TESTCAMP", "Leads for January campaign")
        | january
        | {"active": "N"},
        _list(201, "New Leads", "NEWCAMP", ""),
    ]


def _list(list_id: int, name: str, campaign_id: str, description: str) -> Row:
    return {
        "list_id": list_id,
        "list_name": name,
        "campaign_id": campaign_id,
        "active": "Y",
        "list_description": description,
        "list_changedate": _EXAMPLE_TIME,
        "agent_script_override": "",
        "web_form_address": "",
        "web_form_address_two": "",
        "web_form_address_three": "",
        "na_call_url": "",
    }


def _script(script_id: str, name: str) -> Row:
    text = "Hello, is this --A--first_name--B-- --A--last_name--B--?"
    return {"script_id": script_id, "script_name": name, "script_text": text, "active": "Y"}


def _preset(name: str, number: str, *, dtmf: str = "") -> Row:
    return {
        "campaign_id": "TESTCAMP",
        "preset_name": name,
        "preset_number": number,
        "preset_dtmf": dtmf,
        "preset_hide_number": "N",
    }


def _dispo_url(url_id: int) -> Row:
    return {
        "url_id": url_id,
        "campaign_id": "TESTCAMP",
        "entry_type": "campaign",
        "active": "Y",
        "url_type": "dispo",
        "url_rank": 2,
        "url_statuses": "SALE PSALE",
        "url_description": "Sale URL",
        "url_lists": "",
        "url_call_length": 2,
        "url_address": "https://example.com/q?var1=X",
    }


def _outbound_cid(areacode: str, number: str, description: str, *, active: str) -> Row:
    return {
        "campaign_id": "FLCIDS",
        "areacode": areacode,
        "outbound_cid": number,
        "active": active,
        "cid_description": description,
    }


def _custom_fields() -> Rows:
    # VICIdial's names: field_label is the column, field_name the text that is shown.
    common = {
        "list_id": CUSTOM_LIST,
        "field_description": "",
        "field_help": "",
        "field_size": 20,
        "field_max": 50,
        "field_order": 1,
    }
    return [
        {
            "field_label": "customer_type",
            "field_name": "Customer Type",
            "field_rank": 1,
            "field_type": "SELECT",
            "field_options": "\n".join(f"{kind},{kind}" for kind in _CUSTOMER_TYPES),
            "field_default": _CUSTOMER_TYPES[0],
            "field_cost": 117,
        }
        | common,
        {
            "field_label": "favorite_color",
            "field_name": "Favorite color",
            "field_rank": 2,
            "field_type": "TEXT",
            "field_options": "",
            "field_default": "NULL",
            "field_cost": 153,
        }
        | common,
    ]
