"""Bodies of requests, read strictly: nothing is guessed, nothing silently dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from aiohttp import web

from dialkit.errors import BadRequest, InvalidInput, UnsupportedMediaType

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
_MAX_FORM_FIELDS = 1000
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


async def read_fields(request: web.Request) -> dict[str, Any]:
    """The fields of a JSON object or a form; no body is an empty object.

    Raises: BadRequest, InvalidInput, UnsupportedMediaType.
    """
    if request.can_read_body:
        check_charset(request)  # first: aiohttp unpacks what says that it is packed
    raw = await request.read()
    if not raw:
        return {}
    if request.content_type == JSON:
        fields = load_json(raw)
        if not isinstance(fields, dict):
            raise BadRequest("Body must be a JSON object")
        return fields
    if request.content_type == FORM:
        return load_form(raw)
    raise UnsupportedMediaType(f"Unsupported media type: send {JSON} or {FORM}")


def check_charset(request: web.Request) -> None:
    """Raise UnsupportedMediaType for what is not plain UTF-8."""
    if (request.charset or "utf-8").lower().replace("_", "-") not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaType("Unsupported media type: the body must be UTF-8")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Unsupported media type: send the body without encoding")


class MalformedJson(BadRequest):
    """400: not JSON at all; nothing after the place where it breaks can be read."""


def load_json(raw: bytes, *, what: str = "Body") -> Any:
    """A JSON document, which errors call `what`.

    Raises: MalformedJson, BadRequest for values that JSON has not, InvalidInput for repeated keys.
    """
    try:
        return _without_half_characters(raw, _decode(raw.decode()))
    except UnicodeDecodeError:
        raise BadRequest(f"{what} is not valid UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise MalformedJson(f"{what} is not valid JSON: {error.msg} ({where})") from None
    except RecursionError:
        raise BadRequest(f"{what} is not valid JSON: nested too deeply") from None
    except ValueError as error:
        raise BadRequest(f"{what} is not valid JSON: {error}") from None


def load_form(raw: bytes) -> dict[str, str]:
    """Fields of a urlencoded form. Raises: BadRequest, InvalidInput for repeated names."""
    try:
        pairs = parse_qsl(
            raw.decode(),
            keep_blank_values=True,
            max_num_fields=_MAX_FORM_FIELDS,
            errors="strict",
        )
    except UnicodeDecodeError:
        raise BadRequest("Body is not valid UTF-8") from None
    except ValueError:
        raise BadRequest(f"Body has more than {_MAX_FORM_FIELDS} fields") from None
    return _unique(pairs)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        seen: set[str] = set()
        repeated = [name for name, _ in pairs if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
        raise InvalidInput({name: ["Given more than once"] for name in repeated})
    return fields


def _without_half_characters(raw: bytes, value: Any) -> Any:
    """The value; an escaped half of a surrogate pair is no character, and no answer can show it."""
    if _ESCAPED_SURROGATE.search(raw):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("half of a surrogate pair") from None
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


_decode = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant).decode


def without_nulls(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that have a value: where a null counts as absent."""
    return {name: value for name, value in fields.items() if value is not None}
