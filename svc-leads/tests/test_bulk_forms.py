"""The forms of a bulk import's rows, whatever blocks they come in (contract: POST /leads/bulk)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from dialkit.errors import ApiError
from hypothesis import given, settings
from hypothesis import strategies as st
from svc_leads.bulk.formats import Csv, Format, JsonArray, JsonLines
from svc_leads.bulk.reading import read_rows
from svc_leads.bulk.records import MAX_ROW

BLOCK_SIZES = (1, 2, 3, 7, 64, 100_000)


def csv(delimiter: str = ",", *, ignore_unknown: bool = False) -> Csv:
    return Csv(delimiter, ignore_unknown=ignore_unknown)


async def blocks_of(body: bytes, size: int) -> AsyncIterator[bytes]:
    for place in range(0, len(body), size):
        yield body[place : place + size]


async def read(form: Format, body: bytes, *, size: int = 100_000) -> list[Any]:
    """The rows: their fields, or their errors; at the end what stopped the reading."""
    seen: list[Any] = []
    try:
        async for row in read_rows(blocks_of(body, size), form):
            assert row.number == len(seen) + 1
            seen.append(row.errors or row.fields)
    except ApiError as error:
        seen.append((error.status, error.message))
    return seen


def row_error(why: str) -> dict[str, list[str]]:
    return {"row": [why]}


TOO_LONG = row_error(f"Row is longer than {MAX_ROW} bytes")

CSV_CASES = [
    pytest.param(
        b"phone_number,state\n5551,NY\n5552,\n",
        [{"phone_number": "5551", "state": "NY"}, {"phone_number": "5552"}],
        id="an empty cell is absent",
    ),
    pytest.param(
        b"state,phone_number\r\nNY,5551\r\n",
        [{"phone_number": "5551", "state": "NY"}],
        id="CRLF, any order",
    ),
    pytest.param(b"phone_number\n5551", [{"phone_number": "5551"}], id="no line break at the end"),
    pytest.param(
        b"\n\r\nphone_number\n\n5551\n\r\n\n5552\n",
        [{"phone_number": "5551"}, {"phone_number": "5552"}],
        id="empty lines are skipped",
    ),
    pytest.param(
        b'phone_number,comments\n5551,"a, ""b""\r\nc"\n5552,d\n',
        [
            {"phone_number": "5551", "comments": 'a, "b"\r\nc'},
            {"phone_number": "5552", "comments": "d"},
        ],
        id="quotes and line breaks",
    ),
    pytest.param(
        b'"phone_number","state"\n"5551",""\n', [{"phone_number": "5551"}], id="all quoted"
    ),
    pytest.param(
        b'phone_number,title\n5551,5" pipe\n5552,x\n',
        [{"phone_number": "5551", "title": '5" pipe'}, {"phone_number": "5552", "title": "x"}],
        id="a quote inside of a cell is text",
    ),
    pytest.param(
        b'phone_number,title\n5551,"a"b\n5552,x\n',
        [
            row_error("Row is not valid CSV: ',' expected after '\"'"),
            {"phone_number": "5552", "title": "x"},
        ],
        id="text after quotes",
    ),
    pytest.param(
        b'phone_number,title\n5551,x\n5552,"a\nb\n',
        [
            {"phone_number": "5551", "title": "x"},
            row_error("Row is not valid CSV: unexpected end of data"),
        ],
        id="quotes never closed",
    ),
    pytest.param(
        b"phone_number,state\n5551\n5552,NY\n5553,NY,\n",
        [
            row_error("Row has 1 cells, the header has 2"),
            {"phone_number": "5552", "state": "NY"},
            row_error("Row has 3 cells, the header has 2"),
        ],
        id="wrong number of cells",
    ),
    pytest.param(
        b"phone_number\n\xff\n5551\n",
        [row_error("Row is not valid UTF-8"), {"phone_number": "5551"}],
        id="invalid UTF-8",
    ),
    pytest.param(
        "phone_number,city\n5551,Zürich\n".encode(),
        [{"phone_number": "5551", "city": "Zürich"}],
        id="UTF-8",
    ),
    pytest.param(
        b"phone_number,custom.color,custom.size\n5551,red,\n5552,,\n",
        [{"phone_number": "5551", "custom_fields": {"color": "red"}}, {"phone_number": "5552"}],
        id="custom fields",
    ),
    pytest.param(
        b"phone_number,title\n5551," + b"x" * MAX_ROW + b"\n5552,x\n",
        [TOO_LONG, {"phone_number": "5552", "title": "x"}],
        id="a row too long",
    ),
    pytest.param(
        b'phone_number,title\n5551,"' + b'"",\n' * MAX_ROW + b'"\n5552,x\n',
        [TOO_LONG, {"phone_number": "5552", "title": "x"}],
        id="a quoted row too long",
    ),
    pytest.param(b"", [(400, "No header line")], id="nothing"),
    pytest.param(b"\n\n", [(400, "No header line")], id="only empty lines"),
    pytest.param(b"phone_number\n", [(400, "No rows")], id="only a header"),
    pytest.param(
        b"phone_number,fax\n5551,1\n", [(400, "Unknown column: fax")], id="unknown column"
    ),
    pytest.param(
        b"phone_number,\n5551,1\n", [(400, "Unknown column: ")], id="column without a name"
    ),
    pytest.param(
        b"phone_number,called_count\n5551,1\n",
        [(400, "Unknown column: called_count")],
        id="no field of new leads",
    ),
    pytest.param(
        b"phone_number,custom.\n5551,1\n",
        [(400, "Unknown column: custom.")],
        id="custom field without a name",
    ),
    pytest.param(
        b"phone_number,state,phone_number\n",
        [(400, "Column given more than once: phone_number")],
        id="repeated column",
    ),
    pytest.param(b"\xff\n5551\n", [(400, "Row is not valid UTF-8")], id="unreadable header"),
]


@pytest.mark.parametrize(("body", "rows"), CSV_CASES)
@pytest.mark.parametrize("size", BLOCK_SIZES)
async def test_csv_is_read_in_any_blocks(body: bytes, rows: list[Any], size: int) -> None:
    if size < 64 < len(body) // 1000:
        size *= 1000

    assert await read(csv(), body, size=size) == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
async def test_csv_takes_its_delimiters(delimiter: str) -> None:
    body = f'phone_number,city\n5551,"a{delimiter}b"\n'.replace(",", delimiter)

    assert await read(csv(delimiter), body.encode()) == [
        {"phone_number": "5551", "city": f"a{delimiter}b"}
    ]


async def test_csv_skips_unknown_columns_when_asked_to() -> None:
    body = b"fax,phone_number,fax,\n1,5551,2,3\n"

    assert await read(csv(ignore_unknown=True), body) == [{"phone_number": "5551"}]


JSON_CASES = [
    pytest.param(b'[{"a": 1}, {"b": "x"}]', [{"a": 1}, {"b": "x"}], id="objects"),
    pytest.param(b' \r\n[\t{"a": 1}\n,{}\n]\n ', [{"a": 1}, {}], id="white space"),
    pytest.param(
        rb'[{"a": "],}\"{[\\"}, {"b": {"c": [1, "]"]}}]',
        [{"a": '],}"{[\\'}, {"b": {"c": [1, "]"]}}],
        id="brackets in strings",
    ),
    pytest.param(b"[]", [(400, "No rows")], id="empty array"),
    pytest.param(b" ", [(400, "No rows")], id="nothing"),
    pytest.param(b'{"a": 1}', [(400, "Body must be a JSON array")], id="no array"),
    pytest.param(
        b'[1, null, "x", [], {"a": 1}]',
        [row_error("Row must be a JSON object")] * 4 + [{"a": 1}],
        id="other values than objects",
    ),
    pytest.param(
        b'[{"a": 1, "a": 2}, {"a": 1}]',
        [{"a": ["Given more than once"]}, {"a": 1}],
        id="repeated key",
    ),
    pytest.param(
        b'[{"a": NaN}, {"a": 1}]',
        [row_error("Row is not valid JSON: NaN is not a JSON value"), {"a": 1}],
        id="NaN",
    ),
    pytest.param(
        b'[{"a": "\xff"}, {"a": 1}]',
        [row_error("Row is not valid UTF-8"), {"a": 1}],
        id="invalid UTF-8",
    ),
    pytest.param(
        rb'[{"\ud800": 1}, {"a": "\ud83d\ude00"}]',
        [row_error("Row is not valid JSON: half of a surrogate pair"), {"a": "😀"}],
        id="half a character",
    ),
    pytest.param(
        b'[{"a": ' + b"[" * 30_000 + b"]" * 30_000 + b"}]",
        [row_error("Row is not valid JSON: nested too deeply")],
        id="nested too deeply",
    ),
    pytest.param(
        b'[{"a": "' + rb"\"" * MAX_ROW + b'"}, {"a": 1}]', [TOO_LONG, {"a": 1}], id="a row too long"
    ),
    pytest.param(
        b'[{"a": 1}, {"a": 2}',
        [{"a": 1}, (400, "Body is not valid JSON after row 1")],
        id="array cut off",
    ),
    pytest.param(
        b'[{"a": 1},',
        [{"a": 1}, (400, "Body is not valid JSON after row 1")],
        id="cut off after a comma",
    ),
    pytest.param(
        b'[{"a": 1}, {"a": "x',
        [{"a": 1}, (400, "Body is not valid JSON after row 1")],
        id="cut off in a string",
    ),
    pytest.param(
        b'[{"a": 1}, ]',
        [{"a": 1}, (400, "Body is not valid JSON after row 1")],
        id="comma too many",
    ),
    pytest.param(b"[, 1]", [(400, "Body is not valid JSON after row 0")], id="comma first"),
    pytest.param(
        b'[{"a": 1} {"a": 2}, {"a": 3}]',
        [(400, "Body is not valid JSON after row 0")],
        id="comma too few",
    ),
    pytest.param(
        b'[{"a": 1}, {a: 2}, {"a": 3}]',
        [{"a": 1}, (400, "Body is not valid JSON after row 1")],
        id="no JSON inside",
    ),
    pytest.param(
        b'[{"a": "5" pipe"}, {"a": 3}]',
        [(400, "Body is not valid JSON after row 0")],
        id="quote not escaped",
    ),
    pytest.param(
        b'[{"a": 1}}, {"a": 2}]',
        [{"a": 1}, (400, "Body is not valid JSON after row 1")],
        id="bracket too many",
    ),
    pytest.param(
        b'[{"a": 1}] x',
        [{"a": 1}, (400, "Body is not valid JSON after row 1")],
        id="text after the array",
    ),
]


@pytest.mark.parametrize(("body", "rows"), JSON_CASES)
@pytest.mark.parametrize("size", BLOCK_SIZES)
async def test_an_array_is_read_in_any_blocks(body: bytes, rows: list[Any], size: int) -> None:
    if size < 64 < len(body) // 1000:
        size *= 1000

    assert await read(JsonArray(), body, size=size) == rows


LINES_CASES = [
    pytest.param(b'{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}], id="lines"),
    pytest.param(
        b'\n {"a": 1} \r\n\r\n  \n{"a": 2}', [{"a": 1}, {"a": 2}], id="empty lines are skipped"
    ),
    pytest.param(
        b'{"a": 1}\n{"a": \n{"a": 3}\n',
        [
            {"a": 1},
            row_error("Row is not valid JSON: Expecting value (line 1, column 7)"),
            {"a": 3},
        ],
        id="a broken line",
    ),
    pytest.param(
        b'[1]\n{"a": 3}\n', [row_error("Row must be a JSON object"), {"a": 3}], id="no object"
    ),
    pytest.param(
        b'{"a": "\xff"}\n{"a": 3}\n',
        [row_error("Row is not valid UTF-8"), {"a": 3}],
        id="invalid UTF-8",
    ),
    pytest.param(
        b'{"a": "' + b"x" * MAX_ROW + b'"}\n{"a": 3}\n', [TOO_LONG, {"a": 3}], id="a row too long"
    ),
    pytest.param(b"\n \n", [(400, "No rows")], id="nothing"),
]


@pytest.mark.parametrize(("body", "rows"), LINES_CASES)
@pytest.mark.parametrize("size", BLOCK_SIZES)
async def test_lines_are_read_in_any_blocks(body: bytes, rows: list[Any], size: int) -> None:
    if size < 64 < len(body) // 1000:
        size *= 1000

    assert await read(JsonLines(), body, size=size) == rows


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=5,
)


@settings(max_examples=30)
@given(
    st.lists(st.dictionaries(st.text(st.characters(codec="utf-8")), json_values), min_size=1),
    st.integers(1, 50),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_any_array_is_read_as_json_reads_it(
    objects: list[dict[str, Any]], size: int, ascii_only: bool, indent: int | None
) -> None:
    body = json.dumps(objects, ensure_ascii=ascii_only, indent=indent).encode()

    assert asyncio.run(read(JsonArray(), body, size=size)) == objects


@given(
    st.lists(st.sampled_from(['"', ",", "\n", "\r\n", "a", "é"]), max_size=30), st.integers(1, 5)
)
def test_a_csv_cell_of_any_text_comes_through(text: list[str], size: int) -> None:
    cell = "".join(text)
    quoted = cell.replace('"', '""')
    body = f'state,city,title\nx,"{quoted}",y\nx,z,y\n'.encode()

    rows = asyncio.run(read(csv(), body, size=size))

    city = {"city": cell} if cell else {}
    assert rows == [{"state": "x", **city, "title": "y"}, {"state": "x", "city": "z", "title": "y"}]
