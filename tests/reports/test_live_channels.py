"""GET /api/v1/sip/live-channels: the channels that are up now."""

import asyncio
from typing import Any

import pytest
from support import answers
from support.answers import Answer, done, named, refused
from support.apps import Reports, Start
from support.database import TestDatabase
from support.polling import arrivals
from support.replica import Replica
from support.statements import statements_sent
from yarl import URL

CHANNELS = URL("/api/v1/sip/live-channels")
CLIENTS, TRUNKS = "live_sip_channels", "live_channels"
POLLERS = 20
PHONE = {
    "channel": "SIP/8001-00000001",
    "server_ip": "192.168.1.10",
    "channel_group": "V1081030000000012345",
    "extension": "8600051",
    "channel_data": "8600051,F",
}


def make_channel(db: TestDatabase, table: str = CLIENTS, **columns: Any) -> None:
    """A channel that is up: of a phone, if nothing else is said."""
    db.insert(table, **PHONE | columns)


async def asked(reports: Reports, **query: str) -> Answer:
    """What is answered to that query."""
    return await answers.asked(reports, CHANNELS, query)


async def shown(reports: Reports, *keys: str, **query: str) -> list[tuple[Any, ...]]:
    """Those keys of the channels in the answer."""
    data = await answers.told(reports, CHANNELS, query)
    channels = data["channels"]
    assert data["count"] == len(channels)
    return [tuple(channel[key] for key in keys) for channel in channels]


async def test_a_channel_of_a_phone_is_shown_as_documented(
    reports: Reports, db: TestDatabase
) -> None:
    make_channel(db)

    assert await asked(reports) == done(
        "Live SIP channels retrieved successfully",
        {"count": 1, "channels": [PHONE | {"channel_type": "client"}]},
    )


async def test_a_channel_to_a_carrier_has_its_own_type(reports: Reports, db: TestDatabase) -> None:
    make_channel(db, TRUNKS, channel="SIP/carrier-00000002")

    assert await shown(reports, "channel", "channel_type") == [("SIP/carrier-00000002", "trunk")]


async def test_where_nothing_is_up_the_list_is_empty(reports: Reports) -> None:
    assert await asked(reports) == done(
        "Live SIP channels retrieved successfully", {"count": 0, "channels": []}
    )


async def test_what_the_old_updater_leaves_out_is_null(reports: Reports, db: TestDatabase) -> None:
    make_channel(db, channel_group=None, extension=None, channel_data=None)

    assert await shown(reports, "channel_group", "extension", "channel_data") == [
        (None, None, None)
    ]


async def test_channels_come_by_server_channel_extension_and_type(
    reports: Reports, db: TestDatabase
) -> None:
    rows = [
        ("10.0.0.9", "SIP/a-1", "101", "client"),
        ("192.168.1.10", "Local/8600051@default-1", "8600051", "trunk"),
        ("192.168.1.10", "SIP/8001-1", None, "client"),
        ("192.168.1.10", "SIP/8001-1", None, "trunk"),
        ("192.168.1.10", "SIP/8001-1", "8600051", "client"),
        ("192.168.1.10", "SIP/8001-1", "8600051", "trunk"),
        ("192.168.1.10", "SIP/8001-1", "8600052", "client"),
        ("192.168.1.10", "SIP/8002-1", "1", "trunk"),
        ("192.168.1.11", "SIP/8001-1", "1", "client"),
    ]
    for server_ip, channel, extension, kind in reversed(rows):
        table = {"client": CLIENTS, "trunk": TRUNKS}[kind]
        make_channel(db, table, server_ip=server_ip, channel=channel, extension=extension)

    assert await shown(reports, "server_ip", "channel", "extension", "channel_type") == rows


async def test_rows_that_are_equal_are_all_shown(reports: Reports, db: TestDatabase) -> None:
    make_channel(db)
    make_channel(db)

    assert await shown(reports, "channel") == [(PHONE["channel"],)] * 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({}, ["client", "trunk"], id="all by default"),
        pytest.param({"type": "all"}, ["client", "trunk"], id="all"),
        pytest.param({"type": "client"}, ["client"], id="phones"),
        pytest.param({"type": "trunk"}, ["trunk"], id="carriers"),
        pytest.param({"type": ""}, ["client", "trunk"], id="an empty parameter is absent"),
    ],
)
async def test_the_type_chooses_the_table(
    reports: Reports, db: TestDatabase, query: dict[str, str], expected: list[str]
) -> None:
    make_channel(db, CLIENTS)
    make_channel(db, TRUNKS)

    assert await shown(reports, "channel_type", **query) == [(kind,) for kind in expected]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({"server_ip": "192.168.1.10"}, ["a", "b"], id="server"),
        pytest.param({"server_ip": "192.168.1.1"}, [], id="the beginning of a server"),
        pytest.param({"channel_group": "V1081030000000012345"}, ["a", "c"], id="group"),
        pytest.param({"channel_group": "V108"}, [], id="the beginning of a group"),
        pytest.param({"channel_group": "V%"}, [], id="a pattern"),
        pytest.param({"channel_group": "x" * 30}, ["d"], id="the longest group"),
        pytest.param(
            {"server_ip": "192.168.1.10", "channel_group": "V1081030000000012345"},
            ["a"], id="both",
        ),
        pytest.param({"server_ip": "192.168.1.10", "type": "trunk"}, ["b"], id="of one type"),
        pytest.param({"server_ip": "255.255.255.255"}, [], id="a server that is not there"),
        pytest.param({"channel": "a", "user": "7777"}, ["a", "b", "c", "d"], id="unknown ones"),
    ],
)  # fmt: skip
async def test_filters_are_exact(
    reports: Reports, db: TestDatabase, query: dict[str, str], expected: list[str]
) -> None:
    make_channel(db, CLIENTS, channel="a")
    make_channel(db, TRUNKS, channel="b", channel_group=None)
    make_channel(db, TRUNKS, channel="c", server_ip="192.168.1.11")
    make_channel(db, CLIENTS, channel="d", server_ip="192.168.1.12", channel_group="x" * 30)

    assert sorted(await shown(reports, "channel", **query)) == [(name,) for name in expected]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("server_ip", "192.168.1", id="three parts"),
        pytest.param("server_ip", "192.168.1.10.5", id="five parts"),
        pytest.param("server_ip", "192.168.1.256", id="beyond a byte"),
        pytest.param("server_ip", "::1", id="IPv6"),
        pytest.param("server_ip", "dialer1", id="name"),
        pytest.param("server_ip", "192.168.1.10\n", id="line break"),
        pytest.param("server_ip", "192.168.1.%", id="wildcard"),
        pytest.param("server_ip", "192.168.1.\u0661", id="other digits"),
        pytest.param("channel_group", "x" * 31, id="group too long"),
        pytest.param("channel_group", " ", id="group of spaces"),
        pytest.param("channel_group", "\U0001f600", id="group beyond the BMP"),
        pytest.param("type", "phone", id="another type"),
        pytest.param("type", "CLIENT", id="type in capitals"),
    ],
)
async def test_a_bad_value_names_the_parameter(
    reports: Reports, db: TestDatabase, field: str, value: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, **{field: value})

    assert named(answer) == [field]
    assert statements == []


async def test_a_parameter_is_given_once(reports: Reports) -> None:
    url = CHANNELS.with_query([("type", "client"), ("type", "trunk")])

    assert named(await answers.asked(reports, url)) == ["type"]


@pytest.mark.parametrize("table", [CLIENTS, TRUNKS])
async def test_at_most_10000_channels_of_a_type_are_shown(
    reports: Reports, db: TestDatabase, table: str
) -> None:
    db.execute(
        f"INSERT INTO {table} (channel, server_ip)"
        " SELECT CONCAT('SIP/', LPAD(seq, 5, '0')), '192.168.1.10' FROM seq_10001_to_1"
    )
    make_channel(db, CLIENTS, channel="SIP/99999")
    make_channel(db, TRUNKS, channel="SIP/99999")

    channels = await shown(reports, "channel")

    other = [("SIP/99999",)]
    assert channels == [(f"SIP/{number:05}",) for number in range(1, 10_001)] + other


async def test_channels_are_read_from_the_dialer_s_database(
    start_reports: Start, db: TestDatabase, replica: Replica
) -> None:
    reports = await start_reports(replica=replica)
    make_channel(db, channel="here")
    make_channel(replica, channel="there")

    assert await shown(reports, "channel") == [("here",)]
    replica.stop()
    assert await shown(reports, "channel") == [("here",)]


async def test_pollers_share_one_statement(reports: Reports, db: TestDatabase) -> None:
    make_channel(db)
    expected = await asked(reports, server_ip="192.168.1.10")

    with statements_sent() as statements, arrivals() as arrived:
        with db.hold(CLIENTS, TRUNKS):
            polls = [asyncio.create_task(asked(reports, server_ip="192.168.1.10"))]
            await db.until_waiting(1)
            polls += [
                asyncio.create_task(asked(reports, server_ip="192.168.1.10", type="all"))
                for _ in range(POLLERS)
            ]
            await arrived(len(polls))
        found = await asyncio.gather(*polls)

    assert found == [expected] * len(polls)
    # One for the first, and one for all who came after it had been sent.
    assert len(statements) == 2


async def test_pollers_with_other_filters_have_their_own_answers(
    reports: Reports, db: TestDatabase
) -> None:
    make_channel(db, CLIENTS, channel="a", channel_group="192.168.1.10")
    make_channel(db, TRUNKS, channel="b", server_ip="192.168.1.11")
    queries = [
        {},
        {"type": "client"},
        {"type": "trunk"},
        {"server_ip": "192.168.1.11"},
        {"channel_group": "192.168.1.11"},
    ]

    with arrivals() as arrived:
        with db.hold(CLIENTS, TRUNKS):
            polls = [
                asyncio.create_task(shown(reports, "channel", **query)) for query in queries * 2
            ]
            await arrived(len(polls))
        answers = await asyncio.gather(*polls)

    assert answers == [[("a",), ("b",)], [("a",)], [("b",)], [("b",)], []] * 2


async def test_a_poller_sees_what_has_changed_before_it(reports: Reports, db: TestDatabase) -> None:
    make_channel(db, channel="a")
    before = await shown(reports, "channel")
    db.execute(f"UPDATE {CLIENTS} SET channel = 'b'")

    assert (before, await shown(reports, "channel")) == ([("a",)], [("b",)])


@pytest.mark.parametrize("limit", ["report_s", "statement_s"])
async def test_what_takes_too_long_is_a_504(
    start_reports: Start, db: TestDatabase, limit: str
) -> None:
    reports = await start_reports(**{limit: 1})
    await asked(reports)  # the connection stands

    with db.hold(CLIENTS, TRUNKS):
        answer = await asked(reports)

    assert answer == refused(504, "Report took too long")
