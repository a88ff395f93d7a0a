"""What a test call dials, and where it goes when it is answered."""

from datetime import UTC, datetime

import pytest
from dialkit.clock import Clock
from support.rules_of_test_calls import CAMPAIGN, SERVER
from svc_telephony.test_calls import dialing


@pytest.mark.parametrize(
    ("asked", "of_campaign", "of_server", "extension"),
    [
        ("8300", "8366", "8365", "8300"),
        ("", "8366", "8365", "8366"),
        ("", "", "8365", "8365"),
        ("", "  ", "8365", "8365"),
        ("", "", "", "8368"),
        ("", "", " ", "8368"),
    ],
)
def test_the_first_extension_that_is_not_blank_is_taken(
    asked: str, of_campaign: str, of_server: str, extension: str
) -> None:
    campaign = CAMPAIGN._replace(campaign_vdad_exten=of_campaign)
    server = SERVER._replace(answer_transfer_agent=of_server)

    assert dialing.extension(asked, campaign, server) == extension


@pytest.mark.parametrize(
    ("version", "extension"),
    [
        ("1.4.44-vici", "8366"),
        ("1.8.23.0-vici", "8366"),
        ("11.25.3-vici", "8366"),
        ("11", "8366"),
        ("12.0", "138366"),
        ("13.29.2-vici", "138366"),
        ("16.17.0-vici", "138366"),
        ("18.21.0-vici", "138366"),
        ("20", "138366"),
        ("", "8366"),
        (None, "8366"),
        ("certified", "8366"),
        (".13", "8366"),
    ],
)
def test_asterisk_12_and_later_route_by_a_prefix(version: str | None, extension: str) -> None:
    server = SERVER._replace(asterisk_version=version)

    assert dialing.extension("", CAMPAIGN, server) == extension


@pytest.mark.parametrize("asked", ["8300", ""])
@pytest.mark.parametrize("of_campaign", ["8366", ""])
@pytest.mark.parametrize("of_server", ["8365", ""])
def test_the_routing_prefix_goes_before_any_extension(
    asked: str, of_campaign: str, of_server: str
) -> None:
    campaign = CAMPAIGN._replace(campaign_vdad_exten=of_campaign)
    server = SERVER._replace(answer_transfer_agent=of_server)
    later = server._replace(asterisk_version="13.29.2-vici")

    plain = dialing.extension(asked, campaign, server)
    assert dialing.extension(asked, campaign, later) == f"13{plain}"


def test_a_server_may_have_no_routing_prefix() -> None:
    server = SERVER._replace(asterisk_version="13.29.2-vici", routing_prefix="")

    assert dialing.extension("", CAMPAIGN, server) == "8366"


@pytest.mark.parametrize(
    ("of_server", "context"),
    [("trunkinbound", "trunkinbound"), ("", "default"), (" ", "default")],
)
def test_the_context_is_the_servers(of_server: str, context: str) -> None:
    assert dialing.context(SERVER._replace(ext_context=of_server)) == context


@pytest.mark.parametrize(
    ("of_list", "of_campaign", "prefix"),
    [
        ("8", "9", "8"),
        ("", "7", "7"),
        (" ", "7", "7"),
        ("", "", "9"),
        (" ", "  ", "9"),
        ("x", "7", ""),
        ("X", "7", ""),
        ("9x1", "7", ""),
        ("", "x", ""),
        ("", "9X", ""),
    ],
)
@pytest.mark.parametrize(("omits", "code"), [("N", "1"), ("Y", ""), (None, "1")])
def test_a_number_is_dialled_with_prefix_and_code(
    of_list: str, of_campaign: str, prefix: str, omits: str | None, code: str
) -> None:
    campaign = CAMPAIGN._replace(
        list_dial_prefix=of_list, dial_prefix=of_campaign, omit_phone_code=omits
    )

    assert dialing.dial_string(campaign, "1", "5551234567") == f"{prefix}{code}5551234567"


@pytest.mark.parametrize(
    ("seconds", "milliseconds"),
    [(0, 60_000), (4, 60_000), (5, 5_000), (26, 26_000), (255, 255_000), (None, 60_000)],
)
def test_it_rings_as_long_as_the_campaign_says(seconds: int | None, milliseconds: int) -> None:
    assert dialing.timeout_ms(CAMPAIGN._replace(dial_timeout=seconds)) == milliseconds


@pytest.mark.parametrize(
    ("utc", "lead_id", "code"),
    [
        ("2025-01-08T20:30:45", 999, "V1081530450000000999"),
        ("2025-12-31T20:30:45", 4294967295, "V2311530454294967295"),
        ("2025-10-01T04:00:00", 1, "V0010000000000000001"),
    ],
)
def test_a_caller_code_ends_with_its_lead(utc: str, lead_id: int, code: str) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    now = Clock("America/New_York", lambda: moment).now()

    assert dialing.caller_code(lead_id, now) == code
    assert len(code) == 20
