"""The calls that all logs are about, in temporary tables: each log writes down its part of them.

The number of a call decides everything: two runs make the same calls. `luck` and `chance` are two
hashes of it. An inbound call out of ten is an outbound one that an agent transferred.
"""

from collections.abc import Iterator

from deploy.db.logs.fill import weighted
from deploy.db.logs.sizes import Sizes
from deploy.db.logs.times import Span

FIRST_LEAD = 10_000_000
_FIRST_PHONE, _PHONE_STEP = 2_000_000_000, 97
FIRST_AGENT, AGENTS = 1001, 40
FIRST_LIST, LISTS, CAMPAIGNS = 1001, 24, 8
IN_GROUPS = {"SALES_EN": 40, "SUPPORT": 25, "BILLING": 15, "SALES_ES": 10, "OVERFLOW": 6, "VIP": 4}
FIRST_DID, FIRST_NUMBER, DIDS = 9001, 3125550101, 10

# Asterisk's number of a call: when its channel came up, and a number of the channel.
UNIQUEID = "CONCAT(begun, '.', line)"
PHONE = f"{_FIRST_PHONE} + {_PHONE_STEP} * (lead_id - {FIRST_LEAD})"
LIST = f"{FIRST_LIST} + lead_id % {LISTS}"
CAMPAIGN = f"CONCAT('OUT', 1 + lead_id % {CAMPAIGNS})"
IN_GROUP = weighted(IN_GROUPS, by="luck DIV 128")
DID_ID, DID_NUMBER = (f"{first} + luck DIV 32768 % {DIDS}" for first in (FIRST_DID, FIRST_NUMBER))
AGENT = f"{FIRST_AGENT} + luck DIV 64 % {AGENTS}"
USER_GROUP = "'AGENTS'"
SERVER_IP = "CONCAT('10.0.0.', 11 + line DIV 2 % 2)"
CHANNEL = "CONCAT('SIP/trunk1-', LPAD(LOWER(HEX(line)), 8, '0'))"
# A letter, when the call began without the first digit, and the lead.
CALLER_CODE = (
    "CONCAT(letter, SUBSTR(DATE_FORMAT(FROM_UNIXTIME(start), '%m%d%H%i%s'), 2),"
    " LPAD(lead_id, 10, '0'))"
)

_ANSWERED = {"NI": 30, "N": 20, "CALLBK": 15, "SALE": 10, "A": 10, "XFER": 5, "DNC": 5, "DEC": 5}
_NOT_ANSWERED = {"NA": 45, "AA": 25, "B": 15, "ADC": 6, "DROP": 5, "PDROP": 3, "DC": 1}
_LOST = {"DROP": 70, "TIMEOT": 15, "NANQUE": 5, "QUEUE": 5, "IQNANQ": 3, "AFTHRS": 2}
_INBOUND_HASHES = 1_000_000_000


def phone_of(place: int) -> int:
    """The phone number of the lead that comes so many after the first."""
    return _FIRST_PHONE + _PHONE_STEP * place


def make_calls(sizes: Sizes, span: Span) -> Iterator[str]:
    """The statements that make the temporary tables."""
    ranked = "handled_calls (`rank` INT UNSIGNED AUTO_INCREMENT PRIMARY KEY)"
    for table, select in (
        ("outbound_calls", _outbound(sizes, span)),
        ("inbound_calls", _inbound(sizes, span)),
        (ranked, _handled()),
    ):
        yield f"CREATE OR REPLACE TEMPORARY TABLE {table} ENGINE=MyISAM {select}"


def drop_calls() -> str:
    """The statement that removes them."""
    return "DROP TEMPORARY TABLE outbound_calls, inbound_calls, handled_calls"


def _outbound(sizes: Sizes, span: Span) -> str:
    """`ring` and `talk` are seconds; `length` is NULL where VICIdial lost the end of the call."""
    start, answered = span.moment("seq", sizes.calls), sizes.answered
    return f"""
        SELECT start, begun, line, luck, chance, lead_id, answered, letter, ring, talk,
            IF(answered, {weighted(_ANSWERED)}, {weighted(_NOT_ANSWERED)}) AS status,
            IF(chance % 250 = 0, NULL, ring + talk) AS length
        FROM (
            SELECT number, luck, chance, lead_id, answered, start, start AS begun,
                2 * number AS line, IF(luck DIV 32 % 10 = 0, 'M', 'V') AS letter,
                5 + luck DIV 4096 % 25 AS ring, {_talk()} AS talk
            FROM (
                SELECT seq AS number, CRC32(seq) AS luck, CRC32(CRC32(seq)) AS chance,
                    {_lead("seq", sizes)} AS lead_id, {start} AS start,
                    seq * {answered} % {sizes.calls} < {answered} AS answered
                FROM seq_0_to_{sizes.calls - 1}
            ) AS drawn
        ) AS called
    """  # noqa: S608 - our own text


def _inbound(sizes: Sizes, span: Span) -> str:
    """`ring` is how long the caller waited; `came_from` the outbound call, NULL for a caller's."""
    hashed = f"{_INBOUND_HASHES} + seq"
    begun = f"COALESCE({span.moment('came_from', sizes.calls)}, start - 1)"
    lead = f"IF(came_from IS NULL, {_lead(hashed, sizes)}, {_lead('came_from', sizes)})"
    return f"""
        SELECT closecallid, came_from, start, begun, line, luck, chance, lead_id, answered,
            IF(came_from IS NULL, 'Y', 'J') AS letter, ring, talk,
            IF(answered, {weighted(_ANSWERED)}, {weighted(_LOST)}) AS status,
            IF(chance % 250 = 0, NULL, ring + talk) AS length
        FROM (
            SELECT seq + 1 AS closecallid, came_from, start, {begun} AS begun,
                COALESCE(2 * came_from, 2 * seq + 1) AS line, luck, chance, {lead} AS lead_id,
                answered, IF(answered, 1, 5) + luck DIV 4096 % 60 AS ring, {_talk()} AS talk
            FROM (
                SELECT seq, CRC32({hashed}) AS luck, CRC32(CRC32({hashed})) AS chance,
                    {span.moment("seq", sizes.inbound)} AS start,
                    seq * {sizes.taken} % {sizes.inbound} < {sizes.taken} AS answered,
                    IF(seq % 10 = 0, seq * {sizes.calls} DIV {sizes.inbound}, NULL) AS came_from
                FROM seq_0_to_{sizes.inbound - 1}
            ) AS drawn
        ) AS called
    """  # noqa: S608 - our own text


def _handled() -> str:
    """The calls of both kinds that agents took, by the time when they did: `start` is that."""
    common = "start + ring AS start, begun, line, luck, chance, lead_id, talk, status"
    return f"""
        SELECT start, begun, line, luck, chance, lead_id, talk, status, kind, vicidial_id
        FROM (
            SELECT {common}, IF(letter = 'M', 'MANUAL', 'AUTO') AS kind, {UNIQUEID} AS vicidial_id
            FROM outbound_calls WHERE answered
            UNION ALL
            SELECT {common}, 'INBOUND', closecallid FROM inbound_calls WHERE answered
        ) AS both_kinds
        ORDER BY start, line, kind
    """  # noqa: S608 - our own text


def _lead(number: str, sizes: Sizes) -> str:
    return f"{FIRST_LEAD} + CRC32({number}) % {sizes.called_leads}"


def _talk() -> str:
    """Half a minute or so, sometimes long."""
    return "IF(answered, 10 + chance % 60 + IF(chance % 12 = 0, chance DIV 512 % 600, 0), 0)"
