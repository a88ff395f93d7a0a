"""Cursors of pages."""

import base64
import json
from typing import Any

import pytest
from dialkit.fields import Integer
from marshmallow import ValidationError
from svc_reports.row_lists.cursors import Cursor, KeyText, KeyTime, encoded

CURSOR = Cursor(KeyTime(), KeyText(20), Integer(0, 2**32 - 1))
KEY = ("2025-01-08 10:00:00", "1736355590.1234", 7)


def made_of(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "key",
    [KEY, ("2025-01-08 10:00:00.084394", "", 0), ("2025-01-08 10:00:00", " ?>é日 ", 2**32 - 1)],
)
def test_a_cursor_brings_its_key_back(key: tuple[Any, ...]) -> None:
    text = encoded(key)

    assert CURSOR.deserialize(text) == key
    assert text.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "text",
    [
        "x", "!", "a b", "=", made_of({}), made_of(None), made_of([]), made_of(KEY[:2]),
        made_of([*KEY, 1]), made_of(["2025-01-08", *KEY[1:]]), made_of([7, *KEY[1:]]),
        made_of(["2025-02-30 10:00:00", *KEY[1:]]), made_of(["0000-00-00 00:00:00", *KEY[1:]]),
        made_of(["9999-12-30 00:00:00", *KEY[1:]]), made_of(["9999-12-31 23:59:59", *KEY[1:]]),
        made_of([KEY[0], None, 7]), made_of([KEY[0], "x" * 21, 7]), made_of([KEY[0], "😀", 7]),
        made_of([KEY[0], ["x"], 7]), made_of([KEY[0], "x", -1]), made_of([KEY[0], "x", 2**32]),
        made_of([KEY[0], "x", "y"]), made_of([KEY[0], "x", 1.5]), encoded(KEY)[:-3],
        encoded(KEY) + "A", "[" * 500, base64.urlsafe_b64encode(b"[" * 5000).decode(),
        base64.urlsafe_b64encode(b'["\xff"]').decode(), "١٢٣",
    ],
)  # fmt: skip
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Invalid cursor"):
        CURSOR.deserialize(text)
