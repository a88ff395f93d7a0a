"""The examples of DNC lists, filter phone groups, CID groups, alternate URLs and presets."""

from typing import Any

from support.database import TestDatabase
from support.suite import Ask, success

PHONE = "5551234567"
ON_DNC = "SELECT campaign_id FROM vicidial_campaign_dnc WHERE phone_number = %s"
ON_INTERNAL_DNC = "SELECT phone_number FROM vicidial_dnc WHERE phone_number = %s"
IN_GROUPS = (
    "SELECT filter_phone_group_id FROM vicidial_filter_phone_numbers WHERE phone_number = %s"
)
CIDS = (
    "SELECT areacode, outbound_cid, active, cid_description"
    " FROM vicidial_campaign_cid_areacodes WHERE campaign_id = 'FLCIDS'"
    " ORDER BY areacode, outbound_cid"
)
OTHER_CIDS = [
    ("727", "7275551213", "Y", "FL2 test"),
    ("813", "8135551212", "Y", "Tampa"),
]
CID = {
    "entry_id": "FLCIDS:727:7275551212",
    "cid_group_id": "FLCIDS",
    "areacode": "727",
    "outbound_cid": "7275551212",
    "active": "N",
    "cid_description": "FL1 test",
    "call_count_today": 0,
}
URL = {
    "url_id": 3,
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
PRESET_KEY = {"preset_id": "TESTCAMP:SALES", "campaign_id": "TESTCAMP", "preset_name": "SALES"}
PRESET = {
    **PRESET_KEY,
    "preset_number": "3125551213",
    "preset_hide_number": "N",
    "preset_dtmf": "1234",
}
PRESETS = "SELECT preset_name, preset_number FROM vicidial_xfer_presets ORDER BY preset_name"


async def test_a_number_on_the_internal_dnc_list(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("POST", "/dnc", json={"phone_number": PHONE})

    data = {"phone_number": PHONE, "campaign_id": "SYSTEM_INTERNAL"}
    assert answer == success("Phone number added to DNC list", data)
    assert db.rows(ON_INTERNAL_DNC, PHONE) == [(PHONE,)]
    assert db.rows(ON_DNC, PHONE) == []


async def test_a_number_off_a_campaigns_dnc_list(ask: Ask, db: TestDatabase) -> None:
    await ask("POST", "/dnc", json={"phone_number": PHONE})
    await ask("POST", "/dnc", json={"phone_number": PHONE, "campaign_id": "TESTCAMP"})

    answer = await ask("DELETE", f"/dnc/{PHONE}?campaign_id=TESTCAMP")

    data = {"phone_number": PHONE, "campaign_id": "TESTCAMP", "rows_deleted": 1}
    assert answer == success("DNC entry deleted", data)
    assert db.rows(ON_DNC, PHONE) == []
    assert db.rows(ON_INTERNAL_DNC, PHONE) == [(PHONE,)]


async def test_a_number_into_a_filter_phone_group(ask: Ask, db: TestDatabase) -> None:
    body = {"phone_number": PHONE, "filter_phone_group_id": "BADNUMBERS"}

    answer = await ask("POST", "/fpg", json=body)

    assert answer == success("Phone number added to filter group", body)
    assert db.rows(IN_GROUPS, PHONE) == [("BADNUMBERS",)]


async def test_a_number_out_of_its_filter_phone_groups(ask: Ask, db: TestDatabase) -> None:
    await ask("POST", "/fpg", json={"phone_number": PHONE, "group": "BADNUMBERS"})

    answer = await ask("DELETE", f"/fpg/{PHONE}")

    groups = {"filter_phone_group_ids": ["BADNUMBERS"], "rows_deleted": 1}
    assert answer == success("Filter group entry deleted", {"phone_number": PHONE} | groups)
    assert db.rows(IN_GROUPS, PHONE) == []
    assert db.count("vicidial_filter_phone_numbers") == 1


async def test_change_a_cid(ask: Ask, db: TestDatabase) -> None:
    body = {"active": "Y", "cid_description": "FL1 tested"}

    answer = await ask("PUT", "/cid-groups/FLCIDS:727:7275551212", json=body)

    data = {"entry_id": "FLCIDS:727:7275551212", "updated_count": 1}
    assert answer == success("CID group entry updated successfully", data)
    assert db.rows(CIDS) == [("727", "7275551212", "Y", "FL1 tested"), *OTHER_CIDS]


async def test_change_the_cids_of_an_area_code(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("PUT", "/cid-groups/FLCIDS", json={"areacode": "727", "active": "N"})

    data = {"entry_id": "FLCIDS:727:---ALL---", "updated_count": 2}
    assert answer == success("CID group entry updated successfully", data)
    assert [row[2] for row in db.rows(CIDS)] == ["", "", "Y"]


async def test_show_cids(ask: Ask) -> None:
    one = await ask("GET", "/cid-groups/FLCIDS:727:7275551212")
    all_of_them = await ask("GET", "/cid-groups/FLCIDS")

    assert one == success("CID group entries retrieved", [CID])
    assert all_of_them["data"][0] == CID
    assert [entry["outbound_cid"] for entry in all_of_them["data"]] == [
        "7275551212",
        "7275551213",
        "8135551212",
    ]


async def test_add_a_cid(ask: Ask, db: TestDatabase) -> None:
    await ask("DELETE", "/cid-groups/FLCIDS:727:7275551212")
    body = {key: CID[key] for key in ("cid_group_id", "areacode", "outbound_cid")}

    answer = await ask("POST", "/cid-groups", json=body | {"cid_description": "FL1 test"})

    data = {"entry_id": "FLCIDS:727:7275551212"}
    assert answer == success("CID group entry added successfully", data)
    assert db.rows(CIDS) == [("727", "7275551212", "", "FL1 test"), *OTHER_CIDS]


async def test_delete_the_cids_of_an_area_code(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("DELETE", "/cid-groups/FLCIDS:727")

    data = {"entry_id": "FLCIDS:727:---ALL---", "deleted_count": 2}
    assert answer == success("CID group entries deleted", data)
    assert db.rows(CIDS) == OTHER_CIDS[1:]


async def test_change_an_alternate_url(ask: Ask, db: TestDatabase) -> None:
    body = {"url_rank": 1, "url_statuses": ["SALE", "UPSELL"]}

    answer = await ask("PUT", "/alt-urls/3", json=body)

    assert answer == success("Alternate URL updated successfully", {"url_id": 3})
    assert await url(ask, 3) == URL | {"url_rank": 1, "url_statuses": "SALE UPSELL"}
    assert db.row("SELECT url_rank, url_statuses FROM vicidial_url_multi") == (1, "SALE UPSELL")


async def test_show_alternate_urls(ask: Ask) -> None:
    answer = await ask("GET", "/alt-urls?campaign_id=TESTCAMP")

    assert answer == success("Alternate URLs retrieved", [URL])


async def test_add_an_alternate_url(ask: Ask, db: TestDatabase) -> None:
    body = {"campaign_id": "TESTCAMP", "url_type": "dispo", "url_address": URL["url_address"]}

    answer = await ask("POST", "/alt-urls", json=body)

    assert answer == success("Alternate URL added successfully", {"url_id": 4})
    defaults = {
        "url_id": 4,
        "active": "N",
        "url_rank": 1,
        "url_statuses": "---ALL---",
        "url_description": "",
        "url_call_length": 0,
    }
    assert await url(ask, 4) == URL | defaults
    assert db.count("vicidial_url_multi") == 2


async def test_change_a_preset(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("PUT", "/presets/TESTCAMP:SALES", json={"preset_number": "3125551299"})

    assert answer == success("Preset updated successfully", PRESET_KEY)
    assert db.rows(PRESETS) == [("SALES", "3125551299"), ("SUPPORT LINE", "3125551214")]


async def test_show_presets(ask: Ask) -> None:
    answer = await ask("GET", "/presets?campaign_id=TESTCAMP")

    support = {
        "preset_id": "TESTCAMP:SUPPORT LINE",
        "preset_name": "SUPPORT LINE",
        "preset_number": "3125551214",
        "preset_dtmf": "",
    }
    assert answer == success("Presets retrieved", [PRESET, PRESET | support])


async def test_add_a_preset(ask: Ask, db: TestDatabase) -> None:
    await ask("DELETE", "/presets/SALES?campaign_id=TESTCAMP")
    body = {key: value for key, value in PRESET.items() if key != "preset_id"}

    answer = await ask("POST", "/presets", json=body)

    assert answer == success("Preset added successfully", {"preset_id": "TESTCAMP:SALES"})
    assert db.rows(PRESETS) == [("SALES", "3125551213"), ("SUPPORT LINE", "3125551214")]


async def test_delete_a_preset_whose_name_has_a_space(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("DELETE", "/presets/TESTCAMP:SUPPORT%20LINE")

    name = "SUPPORT LINE"
    data = {"preset_id": f"TESTCAMP:{name}", "campaign_id": "TESTCAMP", "preset_name": name}
    assert answer == success("Preset deleted successfully", data)
    assert db.rows(PRESETS) == [("SALES", "3125551213")]


async def url(ask: Ask, url_id: int) -> dict[str, Any]:
    """One of the URLs of TESTCAMP, as it is shown."""
    urls = (await ask("GET", "/alt-urls?campaign_id=TESTCAMP"))["data"]
    (found,) = [one for one in urls if one["url_id"] == url_id]
    return dict(found)
