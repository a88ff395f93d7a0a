"""Rows that many tests begin with: plain defaults, and what the test is about as columns."""

from collections.abc import Iterable
from typing import Any

from support.database import TestDatabase


def make_campaign(db: TestDatabase, campaign_id: str = "TESTCAMP", **columns: Any) -> None:
    """A campaign that calls around the clock."""
    defaults = {"active": "Y", "local_call_time": "24hours", "dial_statuses": " NEW NA -"}
    db.insert("vicidial_campaigns", campaign_id=campaign_id, **defaults | columns)


def make_list(
    db: TestDatabase, list_id: int = 101, campaign_id: str | None = "TESTCAMP", **columns: Any
) -> None:
    """An active list of that campaign, which need not exist."""
    defaults = {"list_name": f"List {list_id}", "active": "Y"}
    db.insert("vicidial_lists", list_id=list_id, campaign_id=campaign_id, **defaults | columns)


def make_lead(db: TestDatabase, **columns: Any) -> int:
    """A new lead of list 101; its id."""
    defaults = {
        "list_id": 101,
        "entry_date": "2025-01-08 10:30:00",
        "last_local_call_time": "2025-01-08 10:30:00",
        "status": "NEW",
        "user": "",
        "phone_code": "1",
        "phone_number": "5551234567",
        "country_code": "1",
        "gmt_offset_now": -5,
        "called_since_last_reset": "N",
        "called_count": 0,
        "date_of_birth": "0000-00-00",
        "gender": "U",
    }
    empty = dict.fromkeys(
        ("vendor_lead_code", "source_id", "title", "first_name", "middle_initial", "last_name",
         "address1", "address2", "address3", "city", "state", "province", "postal_code",
         "alt_phone", "email", "security_phrase", "comments", "owner"),
        "",
    )  # fmt: skip
    return db.insert("vicidial_list", **empty | defaults | columns)


def make_user(db: TestDatabase, user: str = "agent1", **columns: Any) -> None:
    """A user of the group AGENTS."""
    db.insert("vicidial_users", user=user, **{"pass": "", "user_group": "AGENTS"} | columns)


def make_user_group(db: TestDatabase, user_group: str = "AGENTS", **columns: Any) -> None:
    """A user group that may use all campaigns."""
    defaults = {"group_name": f"{user_group} group", "allowed_campaigns": " -ALL-CAMPAIGNS- - -"}
    db.insert("vicidial_user_groups", user_group=user_group, **defaults | columns)


def make_in_group(db: TestDatabase, group_id: str = "SALES", **columns: Any) -> None:
    """An active in-group."""
    defaults = {"group_name": f"{group_id} line", "active": "Y"}
    db.insert("vicidial_inbound_groups", group_id=group_id, **defaults | columns)


def make_in_groups(db: TestDatabase, number: int) -> str:
    """Active in-groups G0001, G0002, ...; the text of a column that lists them all."""
    db.execute(
        "INSERT INTO vicidial_inbound_groups (group_id, group_name, active)"
        f" SELECT CONCAT('G', LPAD(seq, 4, '0')), 'Group', 'Y' FROM seq_1_to_{number}"
    )
    return text_of(f"G{place:04}" for place in range(1, number + 1))


def make_status(
    db: TestDatabase, status: str, campaign_id: str | None = "TESTCAMP", **columns: Any
) -> None:
    """A status of a campaign, or of a status group, that agents can choose."""
    defaults = {"status_name": f"{status} status", "selectable": "Y"}
    db.insert(
        "vicidial_campaign_statuses", status=status, campaign_id=campaign_id, **defaults | columns
    )


def make_custom_table(db: TestDatabase, list_id: int, **columns: str) -> None:
    """Switch custom fields on, and make a list's table: `make_custom_table(db, 101, a="DATE")`."""
    db.execute("UPDATE system_settings SET custom_fields_enabled = '1'")
    definitions = "".join(f", `{name}` {kind}" for name, kind in columns.items())
    db.execute(
        f"CREATE TABLE custom_{list_id} (lead_id INT(9) UNSIGNED NOT NULL PRIMARY KEY{definitions})"
        f" ENGINE={db.engine} DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci"
    )


def make_custom_field(db: TestDatabase, list_id: int, label: str, **columns: Any) -> None:
    """The definition of a custom field: TEXT of 50 characters, if nothing else is said."""
    defaults = {"field_name": label, "field_type": "TEXT", "field_max": 50, "field_rank": 1}
    db.insert("vicidial_lists_fields", list_id=list_id, field_label=label, **defaults | columns)


def text_of(names: Iterable[str]) -> str:
    """Names as VICIdial's admin pages write them into one column."""
    return f" {' '.join(names)} -"


def read_row(db: TestDatabase, table: str, **key: Any) -> dict[str, Any]:
    """All columns of the only row with that key: `read_row(db, "vicidial_list", lead_id=1)`."""
    names = [column[0] for column in db.rows(f"SHOW COLUMNS FROM {table}")]
    where = " AND ".join(f"`{name}` = %s" for name in key)
    return dict(
        zip(names, db.row(f"SELECT * FROM {table} WHERE {where}", *key.values()), strict=True)
    )
