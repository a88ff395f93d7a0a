"""The modes of `duplicate_check`."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_leads.duplicates.modes import DuplicateCheck, Mode

FAMILIES = ["DUP", "DUPPHONEALT", "DUPTITLEALTPHONE", "DUPNAMEPHONE"]
SCOPES = ["LIST", "CAMP", "SYS"]
DAYS = ["", *(f"{days}DAY" for days in (1, 2, 3, 7, 14, 15, 21, 28, 30, 60, 90, 180, 360))]
NAMES = ["".join(parts) for parts in product(FAMILIES, SCOPES, DAYS)]
SOME_NAMES = st.lists(st.sampled_from(NAMES), min_size=1)


def parsed(value: Any) -> list[Mode]:
    modes: list[Mode] = DuplicateCheck().deserialize(value)
    return modes


@pytest.mark.parametrize("name", NAMES)
def test_a_name_says_family_scope_and_days(name: str) -> None:
    (mode,) = parsed(name)

    days = f"{mode.days}DAY" if mode.days else ""
    assert mode.name == name == f"{mode.family}{mode.scope}{days}"
    assert mode.indexed == (mode.family in {"DUP", "DUPNAMEPHONE"})


@given(names=SOME_NAMES, joint=st.sampled_from("-,"))
def test_modes_come_in_the_order_of_their_checks(names: list[str], joint: str) -> None:
    modes = parsed(joint.join(names))

    places = [(FAMILIES.index(mode.family), SCOPES.index(mode.scope)) for mode in modes]
    assert places == sorted(places)
    assert {mode.name for mode in modes} == set(names)
    assert len(modes) == len(set(names))


@given(names=SOME_NAMES)
def test_an_array_is_the_same_as_a_joined_text(names: list[str]) -> None:
    assert parsed(names) == parsed("-".join(names)) == parsed(",".join(names))


@pytest.mark.parametrize("nothing", ["", [], "-", ",", [""]])
def test_nothing_is_no_mode(nothing: object) -> None:
    assert parsed(nothing) == []


@pytest.mark.parametrize(
    "value",
    ["DUP", "LIST", "duplist", "DUPLIST5DAY", "DUPLIST0DAY", "DUPLIST07DAY", "DUPLISTDAY",
     "DUPLIST30", "DUPLIST-X", "DUP LIST", "DUPLIST\n", "N", 7, True, {}, [["DUPLIST"]], [None]],
    ids=repr,
)  # fmt: skip
def test_unknown_modes_are_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        parsed(value)


@given(text=st.text())
def test_any_text_is_modes_or_refused(text: str) -> None:
    try:
        modes = parsed(text)
    except ValidationError:
        return
    assert {mode.name for mode in modes} <= set(NAMES)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DUPLIST", "Duplicate phone number in list"),
        ("DUPPHONEALTCAMP7DAY", "Duplicate phone number in campaign"),
        ("DUPTITLEALTPHONESYS", "Duplicate title and alt phone in system"),
        ("DUPNAMEPHONESYS360DAY", "Duplicate name and phone number in system"),
    ],
)
def test_text_of_the_409(name: str, text: str) -> None:
    assert parsed(name)[0].text == text
