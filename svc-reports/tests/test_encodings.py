"""Rows as CSV and as NDJSON."""

import csv
import io

import orjson
import pytest
from svc_reports.row_lists.encodings import Csv, Ndjson

FIELDS = ("name", "number", "nothing")


def cell(value: object) -> str:
    """What a CSV reader gets to see."""
    (row,) = csv.reader(io.StringIO(Csv(("one",)).encode([(value,)]).decode(), newline=""))
    return row[0]


def test_csv_has_a_line_of_names_and_ends_its_lines_as_rfc_4180_says() -> None:
    rows = Csv(FIELDS)

    assert rows.head == b"name,number,nothing\r\n"
    assert rows.encode([("a", 1, None), ("b", 1.5, None)]) == b"a,1,\r\nb,1.5,\r\n"


@pytest.mark.parametrize("text", ['say "hi"', "a,b", "a\r\nb", "a\nb", "é日", " x ", ""])
def test_csv_brings_each_text_through(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "\tx", "\rx", "+1 (212) 555", "-1+1", "+", "-", "+x", "-5\n"]
)
def test_csv_makes_formulas_harmless(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+12125550147", "-5", "12125550147", "a=b", "a@b", "'x", " =1"])
def test_csv_leaves_other_texts_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_csv_takes_a_negative_number_for_a_number() -> None:
    assert cell(-5) == "-5"


def test_ndjson_has_an_object_a_line() -> None:
    rows = Ndjson(FIELDS)
    lines = rows.encode([("a\nb", 1, None), ("=1", 1.5, None)]).splitlines()

    assert rows.head == b""
    assert [orjson.loads(line) for line in lines] == [
        {"name": "a\nb", "number": 1, "nothing": None},
        {"name": "=1", "number": 1.5, "nothing": None},
    ]


def test_an_interrupted_export_says_so_where_a_line_can() -> None:
    assert Csv.interrupted == b""
    assert Ndjson.interrupted == b'{"success":false,"error":"Export interrupted"}\n'
