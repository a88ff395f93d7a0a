"""Which preset a path means."""

from __future__ import annotations

import pytest
from dialkit.errors import InvalidInput
from hypothesis import given
from hypothesis import strategies as st
from svc_lists.presets.keys import PresetKey, preset_key

IDS = st.text("-_AZaz09", min_size=1, max_size=8)
NAMES = st.text("-_ AZaz09é", min_size=1, max_size=40)


@given(IDS, NAMES)
def test_the_shown_key_leads_back_to_the_preset(campaign_id: str, name: str) -> None:
    key = PresetKey(campaign_id, name)

    assert preset_key(key.preset_id, None) == key


@given(IDS, NAMES)
def test_the_campaign_may_be_told_beside_the_path(campaign_id: str, name: str) -> None:
    key = PresetKey(campaign_id, name)

    assert preset_key(name, campaign_id) == key
    assert preset_key(f"{campaign_id}:{name}", campaign_id) == key


@pytest.mark.parametrize(
    ("preset_id", "key"),
    [
        ("C:A:B", ("C", "A:B")),
        (":A", ("", "A")),
        ("C:", ("C", "")),
        (":", ("", "")),
    ],
)
def test_the_first_colon_splits(preset_id: str, key: tuple[str, str]) -> None:
    assert preset_key(preset_id, None) == key


@pytest.mark.parametrize("told", ["testcamp", "TestCamp", "TESTCAMP  "])
def test_two_spellings_are_one_campaign(told: str) -> None:
    assert preset_key("TESTCAMP:A", told) == ("TESTCAMP", "A")


@pytest.mark.parametrize("told", ["TESTCAMP2", "TEST CAMP", " TESTCAMP", "OTHER"])
def test_two_campaigns_are_refused(told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        preset_key("TESTCAMP:A", told)

    assert refused.value.details == {"campaign_id": ["Differs from the path"]}


def test_no_campaign_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        preset_key("A", None)

    assert refused.value.details == {
        "campaign_id": ["Required, unless the path says CAMPAIGN:NAME"]
    }
