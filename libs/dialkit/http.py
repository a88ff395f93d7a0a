"""The envelope, the declaration of what an endpoint takes, and errors made answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
import structlog
from aiohttp import hdrs, web
from marshmallow import Schema, ValidationError

from dialkit.body import read_fields
from dialkit.errors import ApiError, InvalidInput, NotFound
from dialkit.fields import Fields, Text, narrowed
from dialkit.tokens import take_tag

log = structlog.get_logger("http")

REQUEST_ID = "X-Request-ID"
_DIGITS = re.compile(r"[0-9]{1,19}\Z")
ID = web.RequestKey("ID", str)
REASON = web.ResponseKey("REASON", str)
# The login that a call is about, for the API log.
AGENT_USER = web.RequestKey("AGENT_USER", str)
Handler = Callable[..., Awaitable[web.StreamResponse]]


def answer(message: str, data: Any, *, headers: Mapping[str, str] | None = None) -> web.Response:
    """The envelope of a success."""
    response = _json(200, {"success": True, "message": message, "data": data}, headers)
    response[REASON] = message
    return response


def failure(error: ApiError) -> web.Response:
    """The envelope of an error."""
    envelope: dict[str, Any] = {"success": False, "error": error.message}
    if error.details is not None:
        envelope["details"] = error.details
    if error.data is not None:
        envelope["data"] = error.data
    response = _json(error.status, envelope, error.headers)
    response[REASON] = error.message
    return response


def next_page(
    request: web.Request, end: str | None, *, parameter: str = "after"
) -> dict[str, str] | None:
    """The `Link` header of a page with that end, for the parameter; None for the last page."""
    if end is None:
        return None
    return {"Link": f'<{request.rel_url.update_query({parameter: end})}>; rel="next"'}


def takes(
    function: str,
    *,
    path: Schema | None = None,
    query: Schema | None = None,
    body: Schema | None = None,
    about: str | Sequence[str] = (),
) -> Callable[[Handler], Handler]:
    """Declare an endpoint's name in the API log and its input.

    The checked values come to the handler as the arguments `path`, `query` and `body`. The tag
    `user` is lifted out of a body, unless its schema keeps it (`Fields.keeps_user`). `about` names
    what has the login for the API log: parts of the path, fields of the query or the body.
    """

    takes_what = _Input(path, query, body, (about,) if isinstance(about, str) else about)

    def decorate(handler: Handler) -> Handler:
        async def parse(request: web.Request) -> web.StreamResponse:
            return await handler(request, **await takes_what.read(request))

        parse.__name__ = handler.__name__
        parse.__doc__ = handler.__doc__
        parse.function = function  # type: ignore[attr-defined]
        return parse

    return decorate


class _Input(NamedTuple):
    """What an endpoint takes."""

    path: Schema | None
    query: Schema | None
    body: Schema | None
    about: Sequence[str]

    async def read(self, request: web.Request) -> dict[str, Any]:
        """The checked values. Raises: BadRequest, InvalidInput, UnsupportedMediaType."""
        given: dict[str, Any] = {}
        self._note_login(request, request.match_info)
        if self.path is not None:
            given["path"] = load(self.path, request.match_info)
        if self.query is not None:
            fields: Mapping[str, Any] = _query_fields(request, self.query)
            self._note_login(request, fields)
            given["query"] = load(self.query, fields)
        if self.body is not None:
            fields = await _body_fields(request)
            has_own = isinstance(self.body, Fields) and self.body.keeps_user(fields)
            tag = None if has_own else fields.pop("user", None)
            self._note_login(request, fields)
            take_tag(request, tag)
            given["body"] = load(self.body, fields)
        elif request.method == hdrs.METH_DELETE:
            await _refuse_body(request)
        return given

    def _note_login(self, request: web.Request, fields: Mapping[str, Any]) -> None:
        """Before anything is refused: the API log names it all the same."""
        for name in self.about:
            if type(login := fields.get(name)) in (str, int):
                request[AGENT_USER] = str(login)


async def _body_fields(request: web.Request) -> dict[str, Any]:
    """The fields of the body without the API key, which was the gateway's affair."""
    fields = await read_fields(request)
    fields.pop("api_key", None)
    return fields


async def _refuse_body(request: web.Request) -> None:
    """A DELETE says in path and query what goes: to pass its body over could delete more."""
    fields = await _body_fields(request)
    take_tag(request, fields.pop("user", None))
    if fields:
        why = "Not taken from the body of a DELETE: send it in the query"
        raise InvalidInput({name: [why] for name in fields})


def path_number(request: web.Request, name: str, *, most: int, missing: str) -> int:
    """The id that the path names. Raises: NotFound with the text `missing` for what can be none."""
    text = request.match_info[name]
    if not _DIGITS.match(text) or int(text) > most:
        raise NotFound(missing)
    return int(text)


def path_text(request: web.Request, name: str, *, most: int, missing: str) -> str:
    """The name in the path. Raises: NotFound with the text `missing` for what can be none."""
    text = request.match_info[name]
    if len(text) > most or Text.refused.search(text):
        raise NotFound(missing)
    return text


def load(schema: Schema, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the schema wants them. Raises: InvalidInput with what it says."""
    # Only known names: what is narrowed is remembered, and nobody may fill the memory.
    known = frozenset(fields.keys() & _known_names(schema))
    narrow = narrowed(schema, known)
    try:
        return narrow.defaults | narrow.schema.load(fields)  # type: ignore[no-any-return]
    except ValidationError as refused:
        raise InvalidInput(refused.messages_dict) from None


@web.middleware
async def errors_to_envelopes(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever is raised below leaves as an envelope; the unforeseen as a 500 and a log entry."""
    try:
        return await handler(request)
    except ApiError as error:
        return failure(error)
    except web.HTTPException as error:
        return failure(_as_api_error(error))
    except Exception:
        request_id = request.get(ID) or request.headers.get(REQUEST_ID, "-")
        log.exception("unforeseen error", method=request.method, path=request.path, id=request_id)
        return failure(ApiError(f"Internal error; please report request {request_id}"))


def _query_fields(request: web.Request, schema: Schema) -> dict[str, str]:
    """The query without empty values, which count as absent.

    What is `repeatable` is joined with commas. Raises: InvalidInput for other repeats.
    """
    given = request.query
    fields = {name: value for name, value in given.items() if value}
    if len(fields) != len(given):
        counts = Counter(name for name, value in given.items() if value)
        repeated = {name for name, count in counts.items() if count > 1} & _known_names(schema)
        repeatable = schema.repeatable if isinstance(schema, Fields) else ()
        if once := sorted(repeated.difference(repeatable)):
            raise InvalidInput({name: ["Given more than once"] for name in once})
        fields |= {name: ",".join(filter(None, given.getall(name))) for name in repeated}
    return fields


@lru_cache(256)
def _known_names(schema: Schema) -> Set[str]:
    """The names of fields, first and second ones: what else a query has is ignored."""
    return frozenset((*schema.fields, *(schema.aliases if isinstance(schema, Fields) else ())))


_HTTP_TEXTS = {404: "Not found", 405: "Method not allowed", 413: "Body too large"}


def _as_api_error(error: web.HTTPException) -> ApiError:
    allow = error.headers.get("Allow")
    converted = ApiError(
        _HTTP_TEXTS.get(error.status, error.reason), headers={"Allow": allow} if allow else None
    )
    converted.status = error.status
    return converted


def _json(status: int, envelope: dict[str, Any], headers: Mapping[str, str] | None) -> web.Response:
    return web.Response(
        status=status,
        body=orjson.dumps(envelope),
        headers=headers,
        content_type="application/json",
    )
