"""How `{entry_id}` names entries of a CID group, and what may be said beside it."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit.errors import InvalidInput
from dialkit.http import load
from svc_lists.cid_groups.entry_id import ALL, EntryId
from svc_lists.cid_groups.schemas import EntryPath

PATH = EntryPath()


def parsed(text: str) -> EntryId:
    found: EntryId = load(PATH, {"entry_id": text})["entry_id"]
    return found


@pytest.mark.parametrize(
    ("text", "entry_id", "written"),
    [
        ("FLCIDS", EntryId("FLCIDS"), "FLCIDS:---ALL---:---ALL---"),
        ("FLCIDS:727", EntryId("FLCIDS", "727"), "FLCIDS:727:---ALL---"),
        ("FLCIDS:FL", EntryId("FLCIDS", "FL"), "FLCIDS:FL:---ALL---"),
        ("FLCIDS:NONE", EntryId("FLCIDS", "NONE"), "FLCIDS:NONE:---ALL---"),
        ("FLCIDS:12345", EntryId("FLCIDS", "12345"), "FLCIDS:12345:---ALL---"),
        ("FLCIDS:---ALL---", EntryId("FLCIDS", ALL), "FLCIDS:---ALL---:---ALL---"),
        ("FLCIDS:727:7", EntryId("FLCIDS", "727", "7"), "FLCIDS:727:7"),
        (
            "FLCIDS:727:(727) 555-1212",
            EntryId("FLCIDS", "727", "7275551212"),
            "FLCIDS:727:7275551212",
        ),
        (f"G:1:{'1' * 20}", EntryId("G", "1", "1" * 20), f"G:1:{'1' * 20}"),
        ("FLCIDS:727:---ALL---", EntryId("FLCIDS", "727", ALL), "FLCIDS:727:---ALL---"),
        (
            "FLCIDS:---ALL---:7275551212",
            EntryId("FLCIDS", ALL, "7275551212"),
            "FLCIDS:---ALL---:7275551212",
        ),
        ("FL CIDS", EntryId("FL CIDS"), "FL CIDS:---ALL---:---ALL---"),
        (":727", EntryId("", "727"), ":727:---ALL---"),
    ],
)
def test_an_entry_id_has_one_to_three_parts(text: str, entry_id: EntryId, written: str) -> None:
    assert parsed(text) == entry_id
    assert str(entry_id) == written


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("FLCIDS:727:7275551212:1", "entry_id"),
        ("FLCIDS:", "entry_id.areacode"),
        ("FLCIDS::7275551212", "entry_id.areacode"),
        ("FLCIDS:727727", "entry_id.areacode"),
        ("FLCIDS:7-7", "entry_id.areacode"),
        ("FLCIDS:ü", "entry_id.areacode"),
        ("FLCIDS:---all---", "entry_id.areacode"),
        ("FLCIDS:727:", "entry_id.outbound_cid"),
        ("FLCIDS:727:-", "entry_id.outbound_cid"),
        ("FLCIDS:727:ABC", "entry_id.outbound_cid"),
        (f"FLCIDS:727:{'1' * 21}", "entry_id.outbound_cid"),
    ],
)
def test_a_part_that_can_be_none_is_named(text: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parsed(text)

    assert list(refused.value.details or {}) == [field]


@pytest.mark.parametrize(
    ("text", "given", "completed"),
    [
        ("G", {}, EntryId("G")),
        ("G", {"areacode": "727"}, EntryId("G", "727")),
        ("G", {"outbound_cid": "7275551212"}, EntryId("G", None, "7275551212")),
        ("G", {"areacode": ALL, "outbound_cid": ALL}, EntryId("G", ALL, ALL)),
        ("G:727", {"outbound_cid": "7275551212"}, EntryId("G", "727", "7275551212")),
        ("G:727", {"areacode": "727"}, EntryId("G", "727")),
        ("G:FL", {"areacode": "fl"}, EntryId("G", "FL")),
        ("G:727:1", {"areacode": "727", "outbound_cid": "1"}, EntryId("G", "727", "1")),
        ("G:727", {"active": "Y", "limit": 5}, EntryId("G", "727")),
    ],
)
def test_what_the_path_leaves_out_may_stand_beside_it(
    text: str, given: dict[str, Any], completed: EntryId
) -> None:
    assert parsed(text).completed(given) == completed


@pytest.mark.parametrize(
    ("text", "given", "fields"),
    [
        ("G:727", {"areacode": "728"}, ["areacode"]),
        ("G:727", {"areacode": ALL}, ["areacode"]),
        (f"G:{ALL}", {"areacode": "727"}, ["areacode"]),
        ("G:727:1", {"outbound_cid": "2"}, ["outbound_cid"]),
        (f"G:727:{ALL}", {"outbound_cid": "1"}, ["outbound_cid"]),
        ("G:727:1", {"areacode": "1", "outbound_cid": "2"}, ["areacode", "outbound_cid"]),
    ],
)
def test_what_stands_beside_it_may_not_contradict_it(
    text: str, given: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        parsed(text).completed(given)

    assert refused.value.details == {field: ["Differs from the path"] for field in fields}


def test_the_wildcard_is_an_area_code_and_nothing_is_none() -> None:
    assert parsed(f"G:{ALL}").with_areacode() == EntryId("G", ALL)
    with pytest.raises(InvalidInput) as refused:
        parsed("G").with_areacode()
    assert refused.value.details == {"areacode": ["Required"]}
