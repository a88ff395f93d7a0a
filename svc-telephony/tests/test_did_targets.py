"""What each route of a DID needs."""

from typing import Any

import pytest
from svc_telephony.dids.targets import NEW_TARGET, concerns_target, missing_target

# The table of the contract: telephony.md, "What each route needs, and what else it uses".
NEEDS = {
    "EXTEN": {"extension"},
    "VOICEMAIL": {"voicemail_ext"},
    "VMAIL_NO_INST": {"voicemail_ext"},
    "AGENT": {"agent_user"},
    "PHONE": {"phone_extension", "server_ip"},
    "IN_GROUP": {"group"},
    "CALLMENU": {"menu_id"},
}
ALL_TARGETS: dict[str, Any] = {field: "x" for needs in NEEDS.values() for field in sorted(needs)}


@pytest.mark.parametrize("empty", ["", None])
@pytest.mark.parametrize(("route", "needs"), NEEDS.items())
def test_a_route_misses_what_it_needs(route: str, needs: set[str], empty: str | None) -> None:
    did = {"did_route": route, **dict.fromkeys(ALL_TARGETS, empty)}

    why = f"Needed for did_route {route}"
    assert missing_target(did) == {field: [why] for field in needs}
    assert missing_target({"did_route": route}) == missing_target(did)


@pytest.mark.parametrize(("route", "needs"), NEEDS.items())
def test_a_route_needs_nothing_else(route: str, needs: set[str]) -> None:
    assert missing_target({"did_route": route, **dict.fromkeys(needs, "x")}) == {}


@pytest.mark.parametrize(("route", "needs"), NEEDS.items())
def test_the_targets_of_other_routes_do_not_help(route: str, needs: set[str]) -> None:
    others = {field: "x" for field in ALL_TARGETS if field not in needs}

    assert missing_target({"did_route": route, **others}).keys() == needs


@pytest.mark.parametrize("route", [None, "", "FAX"])
def test_a_route_that_is_none_of_ours_misses_nothing(route: str | None) -> None:
    assert missing_target({"did_route": route}) == {}


@pytest.mark.parametrize("field", ["did_route", *ALL_TARGETS])
def test_the_route_and_what_routes_need_concern_the_target(field: str) -> None:
    assert concerns_target({"active", field})


def test_other_fields_do_not_concern_the_target() -> None:
    others = ("did_pattern", "did_description", "active", "record_call", "exten_context",
              "user_unavailable_action", "user_route_settings_ingroup", "list_id")  # fmt: skip

    assert not concerns_target(others)


def test_a_new_did_has_a_target() -> None:
    assert missing_target(NEW_TARGET) == {}
