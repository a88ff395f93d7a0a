"""Presets of campaigns, made and read back."""

from typing import Any

from support.database import TestDatabase

COLUMNS = "campaign_id, preset_name, preset_number, preset_dtmf, preset_hide_number"


def make_preset(
    db: TestDatabase, preset_name: str = "SALES", campaign_id: str = "TESTCAMP", **columns: Any
) -> None:
    """A preset of the documented example; its campaign need not exist."""
    defaults = {"preset_number": "3125551213", "preset_dtmf": "1234", "preset_hide_number": "N"}
    key = {"campaign_id": campaign_id, "preset_name": preset_name}
    db.insert("vicidial_xfer_presets", **key | defaults | columns)


def presets(db: TestDatabase) -> list[tuple[Any, ...]]:
    """All presets: campaign, name, number, DTMF, hidden or not."""
    return db.rows(f"SELECT {COLUMNS} FROM vicidial_xfer_presets ORDER BY campaign_id, preset_name")


def stamps(db: TestDatabase) -> dict[str, str | None]:
    """When each campaign was changed."""
    rows = db.rows("SELECT campaign_id, campaign_changedate FROM vicidial_campaigns")
    return {campaign: None if changed is None else str(changed) for campaign, changed in rows}
