"""Alternate URLs and those who have them, made and read back."""

from typing import Any

from support.builders import make_campaign, make_list
from support.database import TestDatabase

COLUMNS = ("url_id", "campaign_id", "entry_type", "active", "url_type", "url_rank", "url_statuses",
           "url_description", "url_lists", "url_call_length", "url_address")  # fmt: skip

# By entry_type and url_type: the id, the table and the column of the owner; the log's section.
KINDS = {
    ("campaign", "dispo"): ("TESTCAMP", "vicidial_campaigns", "dispo_call_url", "CAMPAIGNS"),
    ("campaign", "start"): ("TESTCAMP", "vicidial_campaigns", "start_call_url", "CAMPAIGNS"),
    ("campaign", "noagent"): ("TESTCAMP", "vicidial_campaigns", "na_call_url", "CAMPAIGNS"),
    ("ingroup", "dispo"): ("TESTIN", "vicidial_inbound_groups", "dispo_call_url", "INGROUPS"),
    ("ingroup", "start"): ("TESTIN", "vicidial_inbound_groups", "start_call_url", "INGROUPS"),
    ("ingroup", "noagent"): ("TESTIN", "vicidial_inbound_groups", "na_call_url", "INGROUPS"),
    ("ingroup", "addlead"): ("TESTIN", "vicidial_inbound_groups", "add_lead_url", "INGROUPS"),
    ("list", "noagent"): ("101", "vicidial_lists", "na_call_url", "LISTS"),
}


def make_owners(db: TestDatabase) -> None:
    """The campaign TESTCAMP, the in-group TESTIN and list 101; none of them says ALT."""
    make_campaign(db)
    make_list(db)
    db.insert("vicidial_inbound_groups", group_id="TESTIN", group_name="Test in-group")


def say_alt(db: TestDatabase, entry_type: str, url_type: str, text: str = "ALT") -> None:
    """Put `ALT` into that one column, and something else into its neighbours."""
    _, table, column, _ = KINDS[entry_type, url_type]
    for _, other_table, other, _ in KINDS.values():
        if other_table == table:
            db.execute(f"UPDATE {table} SET {other} = 'https://example.com/one'")
    db.execute(f"UPDATE {table} SET {column} = %s", text)


def make_url(db: TestDatabase, **columns: Any) -> int:
    """TESTCAMP's URL of the documented example; its number."""
    defaults = {
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
    return db.insert("vicidial_url_multi", **defaults | columns)


def urls(db: TestDatabase) -> list[dict[str, Any]]:
    """All URLs, as GET shows them."""
    rows = db.rows(f"SELECT {', '.join(COLUMNS)} FROM vicidial_url_multi ORDER BY url_id")
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]
