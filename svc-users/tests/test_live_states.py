"""The rules of an agent's state."""

from __future__ import annotations

from typing import Any

import pytest
from svc_users.live.rows import Agent, Call, Surroundings
from svc_users.live.states import effective_status, lead_at_hand, sub_status

CALL = "M4181606420000000104"
LIVE = Call("1736350090.104", "SIP/carrier-00000068", "3125551212")
QUIET = Surroundings(parked=set(), calls={}, shared_leads=set(), ended_chats=set())
IN_CALL = {"status": "INCALL", "callerid": CALL, "lead_id": 5}


def agent(**columns: Any) -> Agent:
    empty: dict[str, Any] = dict.fromkeys(Agent._fields)
    return Agent(**empty | {"user": "agent1", "server_ip": "10.0.0.5", "lead_id": 0} | columns)


def around(**what: Any) -> Surroundings:
    """The agent's call is live if nothing else is said."""
    return QUIET._replace(**{"calls": {CALL.casefold(): LIVE}} | what)


PARKED = around(parked={CALL.casefold()})
NOT_LIVE = around(calls={})
SHARED = around(shared_leads={5})
ENDED = around(ended_chats={("agent1", 5)})


def dialled(uniqueid: str | None, channel: str | None) -> Surroundings:
    return around(calls={CALL.casefold(): Call(uniqueid, channel, None)})


@pytest.mark.parametrize(
    ("row", "surroundings", "sub", "effective"),
    [
        pytest.param({"status": "READY"}, QUIET, "", "READY", id="ready"),
        pytest.param({"status": "READY", "lead_id": 5}, QUIET, "", "DISPO", id="ready, lead"),
        pytest.param({"status": "PAUSED"}, QUIET, "", "PAUSED", id="paused"),
        pytest.param({"status": "PAUSED", "lead_id": 5}, QUIET, "DISPO", "DISPO", id="dispo"),
        pytest.param(
            {"status": "PAUSED", "preview_lead_id": 7}, QUIET, "PREVIEW", "PAUSED", id="preview"
        ),
        pytest.param(
            {"status": "PAUSED", "lead_id": 5, "preview_lead_id": 7}, QUIET, "PREVIEW", "DISPO",
            id="preview beside a lead",
        ),
        pytest.param(
            {"status": "READY", "preview_lead_id": 7}, QUIET, "", "READY", id="preview, ready"
        ),
        pytest.param({"status": "QUEUE", "lead_id": 5}, QUIET, "", "QUEUE", id="queue"),
        pytest.param({"status": "MQUEUE", "lead_id": 5}, QUIET, "", "MQUEUE", id="mqueue"),
        pytest.param({"status": "CLOSER"}, QUIET, "", "CLOSER", id="closer"),
        pytest.param({"status": "CLOSER", "lead_id": 5}, QUIET, "", "CLOSER", id="closer, lead"),
        pytest.param({"status": None}, QUIET, "", None, id="no status"),
        pytest.param(
            {"status": "QUEUE", "callerid": CALL, "lead_id": 5},
            PARKED._replace(shared_leads={5}), "", "QUEUE", id="only INCALL has a call's state",
        ),
    ],
)  # fmt: skip
def test_without_a_call_an_agent_has_the_state_of_its_row(
    row: dict[str, Any], surroundings: Surroundings, sub: str, effective: str | None
) -> None:
    one = agent(**row)

    assert (sub_status(one, surroundings), effective_status(one, surroundings)) == (sub, effective)


@pytest.mark.parametrize(
    ("row", "surroundings", "sub", "effective"),
    [
        pytest.param({}, around(), "", "INCALL", id="live"),
        pytest.param({}, SHARED, "3-WAY", "INCALL", id="second agent"),
        pytest.param({"lead_id": 6}, SHARED, "", "INCALL", id="second agent of another lead"),
        pytest.param({}, PARKED, "PARK", "PARK", id="parked"),
        pytest.param({}, PARKED._replace(calls={}), "PARK", "PARK", id="parked, not live"),
        pytest.param({}, PARKED._replace(shared_leads={5}), "PARK", "PARK", id="parked, second"),
        pytest.param({"comments": "CHAT"}, PARKED, "PARK", "PARK", id="parked chat"),
        pytest.param({"callerid": CALL.lower() + " "}, PARKED, "PARK", "PARK", id="other spelling"),
        pytest.param({}, NOT_LIVE, "DEAD", "DEAD", id="not live"),
        pytest.param({}, SHARED._replace(calls={}), "DEAD", "DEAD", id="not live, second agent"),
        pytest.param({"callerid": ""}, around(), "DEAD", "DEAD", id="no caller id"),
        pytest.param({"callerid": None}, around(), "DEAD", "DEAD", id="NULL as caller id"),
        pytest.param({"callerid": " "}, around(), "DEAD", "DEAD", id="blank caller id"),
        pytest.param({"comments": "MANUAL"}, around(), "", "INCALL", id="manual"),
        pytest.param({"comments": "MANUAL"}, NOT_LIVE, "DEAD", "DEAD", id="manual, not live"),
        pytest.param({"comments": "EMAIL"}, NOT_LIVE, "", "INCALL", id="e-mail"),
        pytest.param({"comments": "xEmail"}, NOT_LIVE, "", "INCALL", id="e-mail, any case"),
        pytest.param(
            {"comments": "EMAIL"}, SHARED._replace(calls={}), "3-WAY", "INCALL", id="e-mail, second"
        ),
        pytest.param({"comments": "CHAT"}, NOT_LIVE, "", "INCALL", id="chat"),
        pytest.param({"comments": "CHAT"}, ENDED, "DEAD", "DEAD", id="ended chat"),
        pytest.param({"comments": "xchatx"}, ENDED, "DEAD", "DEAD", id="ended chat, any case"),
        pytest.param({"user": "AGENT1 ", "comments": "CHAT"}, ENDED, "DEAD", "DEAD", id="login"),
        pytest.param({"user": "agent2", "comments": "CHAT"}, ENDED, "", "INCALL", id="another's"),
        pytest.param({"lead_id": 6, "comments": "CHAT"}, ENDED, "", "INCALL", id="another lead's"),
        pytest.param({"comments": "CHATEMAIL"}, ENDED, "DEAD", "DEAD", id="chat before e-mail"),
        pytest.param({}, ENDED, "", "INCALL", id="a call beside an ended chat"),
        pytest.param(
            {"comments": "CHAT"}, SHARED._replace(calls={}), "3-WAY", "INCALL", id="chat, second"
        ),
    ],
)  # fmt: skip
def test_in_a_call_an_agent_has_the_state_of_the_call(
    row: dict[str, Any], surroundings: Surroundings, sub: str, effective: str
) -> None:
    one = agent(**IN_CALL | row)

    assert (sub_status(one, surroundings), effective_status(one, surroundings)) == (sub, effective)


@pytest.mark.parametrize(
    ("uniqueid", "channel", "is_dialled"),
    [
        ("", "", True), (None, None, True), ("1234", "SIP/", True),
        ("12345", "", False), ("", "SIP/1", False), ("12345", None, False), (None, "SIP/1", False),
    ],
)  # fmt: skip
def test_a_manual_call_is_dialled_until_it_has_an_id_or_a_channel(
    uniqueid: str | None, channel: str | None, is_dialled: bool
) -> None:
    one = agent(**IN_CALL, comments="MANUAL")
    call = dialled(uniqueid, channel)

    expected = ("DIAL", "DIAL") if is_dialled else ("", "INCALL")
    assert (sub_status(one, call), effective_status(one, call)) == expected


@pytest.mark.parametrize("comments", ["AUTO", "INBOUND", "MANUALLY", "", None])
def test_only_a_manual_call_is_dialled(comments: str | None) -> None:
    one = agent(**IN_CALL, comments=comments)

    assert sub_status(one, dialled(None, None)) == ""


@pytest.mark.parametrize(
    ("on_hook_agent", "ring_callerid", "rings"),
    [
        ("Y", "x" * 20, True), ("Y", "x" * 19, True), ("Y", "x" * 18, False),
        ("Y", "", False), ("Y", None, False), ("N", "x" * 20, False), (None, "x" * 20, False),
    ],
)  # fmt: skip
def test_a_phone_on_hook_rings_with_a_long_caller_id(
    on_hook_agent: str | None, ring_callerid: str | None, rings: bool
) -> None:
    one = agent(status="READY", on_hook_agent=on_hook_agent, ring_callerid=ring_callerid)

    assert sub_status(one, QUIET) == ("RING" if rings else "")
    assert effective_status(one, QUIET) == "READY"


@pytest.mark.parametrize(
    ("row", "surroundings", "sub"),
    [
        pytest.param({"status": "PAUSED"}, QUIET, "RING", id="paused"),
        pytest.param({"status": "PAUSED", "lead_id": 5}, QUIET, "DISPO", id="dispo"),
        pytest.param({"status": "PAUSED", "preview_lead_id": 7}, QUIET, "PREVIEW", id="preview"),
        pytest.param(IN_CALL, around(), "RING", id="in a call"),
        pytest.param(IN_CALL, SHARED, "3-WAY", id="second agent"),
        pytest.param(IN_CALL, NOT_LIVE, "DEAD", id="not live"),
    ],
)
def test_what_else_an_agent_does_stands_above_ringing(
    row: dict[str, Any], surroundings: Surroundings, sub: str
) -> None:
    one = agent(on_hook_agent="Y", ring_callerid="x" * 20, **row)

    assert sub_status(one, surroundings) == sub


@pytest.mark.parametrize(
    ("row", "lead_id"),
    [
        ({"status": "PAUSED", "lead_id": 5}, 5),
        ({"status": "PAUSED", "lead_id": 5, "preview_lead_id": 7}, 7),
        ({"status": "PAUSED", "preview_lead_id": 7}, 7),
        ({"status": "PAUSED", "lead_id": 5, "preview_lead_id": 0}, 5),
        ({"status": "READY", "lead_id": 5, "preview_lead_id": 7}, 5),
        ({"status": "INCALL", "preview_lead_id": 7}, 0),
    ],
)
def test_the_lead_at_hand_is_that_of_the_preview(row: dict[str, Any], lead_id: int) -> None:
    assert lead_at_hand(agent(**row)) == lead_id
