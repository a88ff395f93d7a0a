"""The forms of a call's ID, and what codes tell of calls (contract: calls/{call_id}/info)."""

import pytest
from svc_reports.call_ids import IdKind, read_call_id, type_of_code, type_of_outbound


@pytest.mark.parametrize(
    ("given", "kind", "text"),
    [
        pytest.param("0", IdKind.CLOSECALLID, "0", id="one digit"),
        pytest.param("4294967295", IdKind.CLOSECALLID, "4294967295", id="the largest closecallid"),
        pytest.param("0000000777", IdKind.CLOSECALLID, "0000000777", id="zeros before"),
        pytest.param(" 7 77 ", IdKind.CLOSECALLID, "777", id="spaces"),
        pytest.param("1.2", IdKind.UNIQUEID, "1.2", id="the shortest uniqueid"),
        pytest.param("1736355590.123456789", IdKind.UNIQUEID, "1736355590.123456789", id="20"),
        pytest.param("a_B-9-1736355590.123", IdKind.UNIQUEID, "a_B-9-1736355590.123", id="prefix"),
        pytest.param("--1.2", IdKind.UNIQUEID, "--1.2", id="prefix of a dash"),
        pytest.param("12345678901.5", IdKind.UNIQUEID, "12345678901.5", id="11 digits and a dot"),
        pytest.param("M123456789012345", IdKind.CALLER_CODE, "M123456789012345", id="15 behind"),
        pytest.param("m" + "_" * 29, IdKind.CALLER_CODE, "m" + "_" * 29, id="29 behind"),
        pytest.param(
            "DC6666 1736355601W0000012345", IdKind.CALLER_CODE, "DC66661736355601W0000012345",
            id="a code with a space",
        ),
    ],
)  # fmt: skip
def test_an_id_is_read_by_its_form(given: str, kind: IdKind, text: str) -> None:
    assert read_call_id(given) == (kind, text)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="only spaces"),
        pytest.param("4294967296", id="beyond every closecallid"),
        pytest.param("12345678901", id="11 digits"),
        pytest.param("-5", id="negative"),
        pytest.param("1736355590.", id="nothing behind the dot"),
        pytest.param(".1234", id="nothing before the dot"),
        pytest.param("-1736355590.1234", id="a dash without prefix"),
        pytest.param("1736355590.1234567890", id="uniqueid of 21"),
        pytest.param("pbx1736355590.1234", id="prefix without dash"),
        pytest.param("1.2.3", id="two dots"),
        pytest.param("M12345678901234", id="code with 14 behind"),
        pytest.param("M" + "1" * 30, id="code with 30 behind"),
        pytest.param("M12345678901234.5", id="code with a dot"),
        pytest.param("M1234567890-12345", id="code with a dash"),
        pytest.param("1M23456789012345", id="code that begins with a digit"),
        pytest.param("777\n", id="line break behind"),
        pytest.param("\u0661\u0662\u0663", id="Arabic digits"),
        pytest.param("\u00c41234567890123456", id="umlaut"),
        pytest.param("777' OR '1'='1", id="SQL"),
        pytest.param("%", id="a wildcard"),
    ],
)
def test_a_text_of_no_form_is_no_id(given: str) -> None:
    assert read_call_id(given) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("V1081530450000012345", "OUTBOUND_AUTO"),
        ("v1081530450000012345", "OUTBOUND_AUTO"),
        ("VH12345_1736355601_1", "INBOUND"),
        ("vh12345_1736355601_1", "INBOUND"),
        ("M1081530450000012345", "OUTBOUND_MANUAL"),
        ("Y1081530450000012345", "INBOUND"),
        ("J1081530450000012345", "INBOUND"),
        ("LP12345_1736355601_1", "INBOUND"),
        ("L1081530450000012345", "OUTBOUND_OTHER"),
        ("DC1736355601W0000012345", "OUTBOUND_OTHER"),
        ("S1736355601600051_6666", "OUTBOUND_OTHER"),
        ("XL1736355601600051_66", "OUTBOUND_OTHER"),
    ],
)
def test_the_prefix_tells_the_kind_of_call(code: str, kind: str) -> None:
    assert type_of_code(code) == kind


@pytest.mark.parametrize(
    ("code", "comments", "kind"),
    [
        pytest.param("V1081530450000012345", "MANUAL", "OUTBOUND_AUTO", id="the code first"),
        pytest.param("M1081530450000012345", "AUTO", "OUTBOUND_MANUAL", id="a manual code"),
        pytest.param("DC1736355601W0000012345", "AUTO", "OUTBOUND_OTHER", id="another code"),
        pytest.param("Y1081530450000012345", "MANUAL", "OUTBOUND_MANUAL", id="an in-group's code"),
        pytest.param("Y1081530450000012345", "AUTO", "OUTBOUND_AUTO", id="of a dialled call"),
        pytest.param(None, "MANUAL", "OUTBOUND_MANUAL", id="no code"),
        pytest.param(None, "REMOTE", "OUTBOUND_AUTO", id="no code, other marker"),
        pytest.param(None, None, "OUTBOUND_AUTO", id="nothing"),
    ],
)
def test_of_the_outbound_log_no_call_is_inbound(
    code: str | None, comments: str | None, kind: str
) -> None:
    assert type_of_outbound(code, comments) == kind
