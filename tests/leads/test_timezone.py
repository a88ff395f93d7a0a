"""Time zones out of the real tables: one lead by statements, many leads by the table in memory."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from dialkit.db import Database
from support.apps import service_settings
from support.database import TestDatabase
from support.statements import explained, statements_sent
from svc_leads.timezone import store
from svc_leads.timezone.lookup import gmt_offset
from svc_leads.timezone.methods import Method
from svc_leads.timezone.offset import PhoneCode, ZoneKey
from svc_leads.timezone.table import load_chunk_zones, load_zone_table

JANUARY = datetime(2026, 1, 8, 17, tzinfo=UTC)
JULY = datetime(2026, 7, 8, 17, tzinfo=UTC)
BY_AREA_CODE = Method.COUNTRY_AND_AREA_CODE
SEED = 5


@pytest.fixture
async def database(db: TestDatabase) -> AsyncIterator[Database]:
    """The database as svc-leads reaches it."""
    settings = service_settings(db, "svc-leads")
    opened = Database(settings.database, settings.timezone)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("lead", "january", "july"),
    [
        pytest.param(ZoneKey("1", "2125551234"), -5.0, -4.0, id="New York"),
        pytest.param(ZoneKey("1", "6025551234"), -7.0, -7.0, id="Arizona"),
        pytest.param(ZoneKey("1", "5551234567", state="NY"), -5.0, -4.0, id="by state"),
        pytest.param(ZoneKey("1", "5551234567"), -5.0, -4.0, id="any row of the country"),
        pytest.param(ZoneKey("44", "2079460958"), 0.0, 1.0, id="London"),
        pytest.param(ZoneKey("01144", "2079460958"), 0.0, 1.0, id="London with 011"),
        pytest.param(ZoneKey("91", "1140001000"), 5.5, 5.5, id="Delhi"),
        pytest.param(ZoneKey("61", "412345678", state="NT"), 9.5, 9.5, id="4S row"),
        pytest.param(ZoneKey("61", "412345678"), 11.0, 10.0, id="no state, no S row"),
        pytest.param(ZoneKey("61", "812345678"), 10.5, 9.5, id="Adelaide"),
        pytest.param(ZoneKey("64", "91234567"), 13.0, 12.0, id="Auckland"),
        pytest.param(ZoneKey("999", "123456"), 0.0, 0.0, id="unknown country"),
        pytest.param(ZoneKey("9999999999", "123456"), 0.0, 0.0, id="no country at all"),
    ],
)
async def test_the_examples_of_the_contract(
    database: Database, lead: ZoneKey, january: float, july: float
) -> None:
    single = [await gmt_offset(database, lead, BY_AREA_CODE, now) for now in (JANUARY, JULY)]
    tables = [await load_zone_table(database, now) for now in (JANUARY, JULY)]

    assert single == [january, july]
    assert [table.gmt_offset(lead, BY_AREA_CODE) for table in tables] == [january, july]


async def test_one_by_one_and_in_bulk_every_lead_has_the_same_time_zone(
    database: Database, db: TestDatabase
) -> None:
    add_zones(db)
    rows = await store.list_phone_codes(database)
    dice = random.Random(SEED)
    methods = [dice.choice(list(Method)) for _ in range(800)]
    leads = [(random_lead(dice, rows), method) for method in methods]

    table = await load_zone_table(database, JULY)
    chunk = await load_chunk_zones(database, leads)

    for lead, method in leads:
        alone = await gmt_offset(database, lead, method, JULY)
        assert table.gmt_offset(lead, method, chunk) == alone, (lead, method)


async def test_the_row_is_the_one_that_the_contract_describes(database: Database) -> None:
    rows = await store.list_phone_codes(database)
    table = await load_zone_table(database, JULY)
    dice = random.Random(SEED + 1)

    for _ in range(2000):
        lead = random_lead(dice, rows)
        assert table.gmt_offset(lead, BY_AREA_CODE) == by_the_rules(rows, lead), lead


@pytest.mark.parametrize(
    ("number", "state", "offset"),
    [
        pytest.param("4999999", "AA", 2.0, id="S row of the state"),
        pytest.param("4999999", "bb", 5.0, id="S row of another state"),
        pytest.param("4999999", "CC", 1.0, id="no S row of the state"),
        pytest.param("4199999", "AA", 3.0, id="more digits before S rows"),
        pytest.param("5999999", "AA", 4.0, id="whole country before the state"),
    ],
)
async def test_area_codes_and_states_in_their_order(
    database: Database, db: TestDatabase, number: str, state: str, offset: float
) -> None:
    for areacode, row_state, hours in [
        ("4", "", 1), ("4S", "AA", 2), ("41", "", 3), ("*", "", 4), ("4S", "BB", 5), ("9", "AA", 6),
    ]:  # fmt: skip
        db.insert("vicidial_phone_codes", country_code=998, country="TST", areacode=areacode,
                  state=row_state, GMT_offset=f"+{hours}", DST="N", DST_range="")  # fmt: skip
    lead = ZoneKey("998", number, state=state)

    table = await load_zone_table(database, JULY)

    assert await gmt_offset(database, lead, BY_AREA_CODE, JULY) == offset
    assert table.gmt_offset(lead, BY_AREA_CODE) == offset


async def test_states_and_dial_codes_are_the_same_in_memory(database: Database) -> None:
    rows = await store.list_phone_codes(database)
    table = await load_zone_table(database, JULY)
    dice = random.Random(SEED + 2)

    for _ in range(200):
        lead = random_lead(dice, rows)
        code, number, country = lead.phone_code, lead.phone_number, lead.country_code
        assert await store.find_state(database, code, number) == table.state(code, number)
        assert await store.list_dial_codes(database, country) == table.dial_codes(country)
        known = await store.has_us_area_code(database, number[:3])
        assert known == table.has_us_area_code(number[:3])


@pytest.mark.parametrize(
    ("country", "codes"), [("GBR", [44]), ("gbr", [44]), ("NLD", [1, 31]), ("XXX", []), ("", [])]
)
async def test_dial_codes_of_a_country(database: Database, country: str, codes: list[int]) -> None:
    assert await store.list_dial_codes(database, country) == codes


@pytest.mark.parametrize(
    ("postal_code", "offset"),
    [
        pytest.param("90210-1234", -8.0, id="the longest prefix"),
        pytest.param("902 99", -6.0, id="a shorter one, without spaces"),
        pytest.param("90", None, id="too short"),
        pytest.param("10001", None, id="unknown"),
        pytest.param("", None, id="none"),
        pytest.param("bad99", -9.0, id="a row without a number is passed over"),
    ],
)
async def test_postal_codes(
    database: Database, db: TestDatabase, postal_code: str, offset: float | None
) -> None:
    add_zones(db)
    lead = ZoneKey("1", "2125551234", postal_code=postal_code)

    found = await gmt_offset(database, lead, Method.POSTAL_CODE, JANUARY, fallback=False)

    assert found == offset
    assert await gmt_offset(database, lead, Method.POSTAL_CODE, JANUARY) == (
        -5.0 if offset is None else offset
    )


async def test_a_nanpa_prefix_has_no_range_of_its_own(database: Database, db: TestDatabase) -> None:
    add_zones(db)

    async def offsets(lead: ZoneKey) -> list[float | None]:
        method = Method.NANPA_PREFIX
        return [
            await gmt_offset(database, lead, method, now, fallback=False) for now in (JANUARY, JULY)
        ]

    assert await offsets(ZoneKey("1", "2015551234")) == [-6.0, -5.0]
    assert await offsets(ZoneKey("1", "2016661234")) == [-6.0, -6.0]
    assert await offsets(ZoneKey("1", "2017771234")) == [None, None]
    assert await offsets(ZoneKey("44", "2015551234")) == [None, None]


async def test_an_owner_may_be_a_time_zone_code(database: Database) -> None:
    method = Method.OWNER_TIME_ZONE_CODE

    pacific = await gmt_offset(database, ZoneKey("1", "2125551234", owner="pst"), method, JULY)
    agent = await gmt_offset(database, ZoneKey("1", "2125551234", owner="agent1"), method, JULY)

    assert (pacific, agent) == (-7.0, -4.0)


@pytest.mark.parametrize(
    ("lead", "method", "indexes"),
    [
        pytest.param(
            ZoneKey("1", "2125551234"), BY_AREA_CODE, ["country_area_code"], id="area code"
        ),
        pytest.param(
            ZoneKey("1", "5551234567", state="NY"),
            BY_AREA_CODE,
            ["country_area_code", "country_state"],
            id="state",
        ),
        pytest.param(
            ZoneKey("999", "5551234567", state="NY"),
            BY_AREA_CODE,
            ["country_%", "country_%", "country_%"],
            id="whole country",
        ),
        pytest.param(
            ZoneKey("61", "212345678", owner="EST"),
            Method.OWNER_TIME_ZONE_CODE,
            ["country_%"],
            id="owner",
        ),
        pytest.param(
            ZoneKey("1", "2125551234", postal_code="90210"),
            Method.POSTAL_CODE,
            ["country_postal_code"],
            id="postal code",
        ),
        pytest.param(
            ZoneKey("1", "2015551234"), Method.NANPA_PREFIX, ["areaprefix"], id="NANPA prefix"
        ),
        pytest.param(ZoneKey("9999999999", "2125551234"), BY_AREA_CODE, [], id="no country"),
    ],
)
async def test_a_lead_needs_few_statements_and_each_has_its_index(
    database: Database, db: TestDatabase, lead: ZoneKey, method: Method, indexes: list[str]
) -> None:
    add_zones(db)

    with statements_sent() as statements:
        await gmt_offset(database, lead, method, JULY)

    used = [str(explained(db, statement)[0]["key"]) for statement in statements]
    assert len(used) == len(indexes)
    assert all(
        key == index or (index == "country_%" and key.startswith("country_"))
        for key, index in zip(used, indexes, strict=True)
    ), used


async def test_a_chunk_needs_a_statement_a_table(database: Database, db: TestDatabase) -> None:
    add_zones(db)
    rows = await store.list_phone_codes(database)
    dice = random.Random(SEED)
    leads = [(random_lead(dice, rows), dice.choice(list(Method))) for _ in range(500)]

    with statements_sent() as statements:
        await load_chunk_zones(database, leads)

    assert [explained(db, statement)[0]["table"] for statement in statements] == [
        "vicidial_postal_codes",
        "vicidial_nanpa_prefix_codes",
    ]


@pytest.mark.parametrize(("rows", "loaded"), [(0, False), (9, False), (10, True), (11, True)])
async def test_nanpa_data_is_loaded_from_10_rows_on(
    database: Database, db: TestDatabase, rows: int, loaded: bool
) -> None:
    for number in range(rows):
        db.insert("vicidial_nanpa_prefix_codes", areacode="201", prefix=str(200 + number))

    assert await store.has_nanpa_data(database) is loaded


def add_zones(db: TestDatabase) -> None:
    """Postal codes and prefixes, and many beside them so that the server uses its indexes."""
    for code, country, offset, dst_range in [
        ("90210", 1, "-8", "SSM-FSN"), ("902", 1, "-6", ""), ("bad", 1, "-9", ""),
        ("bad99", 1, "x", ""), ("SW1", 44, "x", ""), ("SW1", 44, "0", "LSM-LSO"),
        ("90210", 44, "3", ""),
    ]:  # fmt: skip
        columns = {"GMT_offset": offset, "DST": "Y" if dst_range else "N", "DST_range": dst_range}
        db.insert("vicidial_postal_codes", postal_code=code, country_code=country, **columns)
    db.execute(
        "INSERT INTO vicidial_postal_codes (postal_code, country_code, GMT_offset, DST, DST_range)"
        " SELECT seq, 1, '-5', 'Y', 'SSM-FSN' FROM seq_20000_to_22000"
    )
    db.insert("vicidial_nanpa_prefix_codes", areacode="201", prefix="555", GMT_offset="-6", DST="Y")
    db.insert("vicidial_nanpa_prefix_codes", areacode="201", prefix="666", GMT_offset="-6", DST="N")
    db.execute(
        "INSERT INTO vicidial_nanpa_prefix_codes (areacode, prefix, GMT_offset, DST)"
        " SELECT 202 + seq DIV 700, 200 + seq % 700, '-7', 'Y' FROM seq_0_to_2000"
    )


def random_lead(dice: random.Random, rows: list[PhoneCode]) -> ZoneKey:
    """A lead near some row: its country, its area code, its state, or nearly so."""
    row = dice.choice(rows)
    tail = str(dice.randrange(10**9))
    digits = row.areacode.strip("*S") + tail if dice.random() < 0.7 else str(dice.randrange(10**10))
    return ZoneKey(
        dice.choice(["", "011", "0011", "00"]) + str(row.country_code),
        digits[:10].ljust(6, "1"),
        dice.choice(["1", "USA", row.country, row.country.lower()]),
        dice.choice(["", row.state[:2], row.state[:2].lower(), "ZZ", "NY"]),
        dice.choice(["", "90210-1234", "sw1a 1aa", "100", "20001", "bad99"]),
        dice.choice(["", "agent1", row.tz_code, row.tz_code.lower()]),
    )


def by_the_rules(rows: list[PhoneCode], lead: ZoneKey) -> float:
    """The contract's rules 1 to 4, sentence by sentence, over all rows."""
    code = lead.phone_code
    for prefix in ("0011", "011", "00"):
        if code.startswith(prefix):
            code = code.removeprefix(prefix)
            break
    country = [row for row in rows if row.country_code == int(code) and row.zone]
    number, state = lead.phone_number, lead.state.upper()
    for digits in (number[:3], number[:2], number[:1]):
        with_state = [r for r in country if r.areacode == f"{digits}S" and r.state == state]
        for found in (with_state, [row for row in country if row.areacode == digits]):
            if found:
                return first(found, lead)
    star = [row for row in country if row.areacode == "*"]
    of_state = [row for row in country if state and row.state.upper() == state]
    found = star or of_state or country
    return first(found, lead) if found else 0.0


def first(rows: list[PhoneCode], lead: ZoneKey) -> float:
    """The offset of the row that wins a tie."""
    state, country = lead.state.upper(), lead.country_code.upper()
    winner = min(
        rows,
        key=lambda row: (
            row.country.upper() != country,
            bool(state) and row.state.upper() != state,
            row.areacode,
            row.state,
            row.country,
        ),
    )
    assert winner.zone
    return winner.zone.at(JULY)
