"""CID groups and their entries."""

from collections.abc import Iterable
from typing import Any

from support.builders import make_campaign
from support.database import TestDatabase


def make_cid_group(db: TestDatabase, cid_group_id: str = "FLCIDS") -> None:
    """A CID group that was last changed long ago."""
    db.insert("vicidial_cid_groups", cid_group_id=cid_group_id, modify_stamp="2024-01-01 00:00:00")


def make_cid(
    db: TestDatabase, areacode: str, outbound_cid: str | None, group: str = "FLCIDS", **columns: Any
) -> None:
    """An entry of a group, active."""
    defaults = {"active": "Y", "cid_description": "", "call_count_today": 0}
    db.insert(
        "vicidial_campaign_cid_areacodes",
        campaign_id=group,
        areacode=areacode,
        outbound_cid=outbound_cid,
        **defaults | columns,
    )


def make_owners(db: TestDatabase, entries: Iterable[tuple[Any, ...]]) -> None:
    """Groups FLCIDS and NYCIDS and campaign TESTCAMP, changed long ago, with these entries.

    An entry: its owner, area code, number, active, description.
    """
    make_cid_group(db, "FLCIDS")
    make_cid_group(db, "NYCIDS")
    make_campaign(db, campaign_changedate="2024-01-01 00:00:00")
    for owner, areacode, cid, active, description in entries:
        make_cid(db, areacode, cid, owner, active=active, cid_description=description)


def make_many_cids(db: TestDatabase, count: int, group: str = "FLCIDS") -> None:
    """So many entries of a group, spread over the area codes 201 to 300."""
    db.execute(
        "INSERT INTO vicidial_campaign_cid_areacodes"
        " (campaign_id, areacode, outbound_cid, active, cid_description)"
        f" SELECT %s, 201 + seq %% 100, 7270000000 + seq, 'Y', '' FROM seq_1_to_{count}",
        group,
    )


def cids(db: TestDatabase) -> list[tuple[Any, ...]]:
    """All entries: group, area code, number, active, description."""
    return db.rows(
        "SELECT campaign_id, areacode, outbound_cid, active, cid_description"
        " FROM vicidial_campaign_cid_areacodes ORDER BY 1, 2, 3"
    )


def stamps(db: TestDatabase) -> dict[str, str]:
    """When groups and campaigns were last changed, by id."""
    rows = db.rows(
        "SELECT cid_group_id, CAST(modify_stamp AS CHAR) FROM vicidial_cid_groups"
        " UNION ALL"
        " SELECT campaign_id, CAST(campaign_changedate AS CHAR) FROM vicidial_campaigns"
    )
    return dict(rows)
