"""The floor: bare aiohttp and aiomysql with the suite's statements, and a bare aiohttp proxy.

`python -m load.floor handler|proxy PORT [UPSTREAM]`; no checks, no tokens, no logs.
"""

import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import aiomysql
import orjson
import uvloop
from aiohttp import web
from load import statements

POOL = web.AppKey("POOL", aiomysql.Pool)
SESSION = web.AppKey("SESSION", aiohttp.ClientSession)
Handler = Callable[[web.Request], Awaitable[web.Response]]


async def _open_pool(app: web.Application) -> AsyncIterator[None]:
    app[POOL] = await aiomysql.create_pool(
        host=os.environ["DB_HOST"],
        port=int(os.environ["DB_PORT"]),
        user=os.environ["DB_USER"],
        password=os.environ["DB_PASSWORD"],
        db=os.environ["DB_NAME"],
        charset="utf8mb3",
        autocommit=True,
        maxsize=10,
    )
    yield
    app[POOL].close()
    await app[POOL].wait_closed()


def _json(data: Any) -> web.Response:
    return web.Response(
        body=orjson.dumps({"success": True, "message": "", "data": data}, default=str),
        content_type="application/json",
    )


async def _version(_request: web.Request) -> web.Response:
    return _json({"version": "0"})


async def _info(request: web.Request) -> web.Response:
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.LEAD, (int(request.match_info["lead_id"]),))
        row = await cursor.fetchone()
    return _json(dict(zip(statements.LEAD_COLUMNS, row, strict=True)))


async def _search(request: web.Request) -> web.Response:
    prefix = request.query["phone_number"] + "%"
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.NUMBERS, (prefix,))
        last = (await cursor.fetchall())[-1][0]
        await cursor.execute(statements.FOUND, (prefix, last))
        rows = await cursor.fetchall()
    return _json([dict(zip(statements.FOUND_COLUMNS, row, strict=True)) for row in rows[:100]])


async def _add(request: web.Request) -> web.Response:
    lead = statements.NEW_LEAD | orjson.loads(await request.read())
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.LIST, (lead["list_id"],))
        await cursor.fetchall()
        await cursor.execute(statements.PHONE_CODES, statements.area_codes(lead["phone_number"]))
        await cursor.fetchall()
        await cursor.execute(statements.insert(list(lead)), tuple(lead.values()))
        lead["lead_id"] = cursor.lastrowid
    return _json(lead)


async def _update(request: web.Request) -> web.Response:
    lead_id, change = int(request.match_info["lead_id"]), orjson.loads(await request.read())
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.PLACE, (lead_id,))
        await cursor.fetchone()
        await cursor.execute(statements.update(change, 1), (*change.values(), lead_id))
    return _json({"lead_id": lead_id})


async def _batch(request: web.Request) -> web.Response:
    change = orjson.loads(await request.read())
    lead_ids = change.pop("lead_ids")
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        sql = statements.update(change, len(lead_ids))
        await cursor.execute(sql, (*change.values(), *lead_ids))
    return _json({"updated_count": len(lead_ids)})


async def _add_dnc(request: web.Request) -> web.Response:
    phone = orjson.loads(await request.read())["phone_number"]
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        for statement in (statements.DNC, statements.DNC_LOG, statements.ADMIN_LOG):
            await cursor.execute(statement, (phone,))
    return _json({"phone_number": phone, "campaign_id": "SYSTEM_INTERNAL"})


async def _campaigns(request: web.Request) -> web.Response:
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.CAMPAIGNS)
        rows = await cursor.fetchall()
    return _json([dict(zip(statements.CAMPAIGN_COLUMNS, row, strict=True)) for row in rows])


async def _list_info(request: web.Request) -> web.Response:
    list_id = int(request.match_info["list_id"])
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.LIST_ROW, (list_id,))
        row = await cursor.fetchone()
        await cursor.execute(statements.LIST_COUNT, (list_id,))
        (count,) = await cursor.fetchone()
    found = dict(zip(statements.SHOWN_COLUMNS, row, strict=True))
    return _json({"list": found, "lead_count": count})


async def _with_lists(request: web.Request) -> web.Response:
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.CAMPAIGNS_WITH_LISTS)
        campaigns = {
            row[0]: dict(zip(statements.COLUMNS_WITH_LISTS, row, strict=True)) | {"lists": []}
            for row in await cursor.fetchall()
        }
        sql = statements.among(statements.LISTS_OF_CAMPAIGNS, campaigns)
        await cursor.execute(sql, tuple(campaigns))
        lists = await cursor.fetchall()
        sql = statements.among(statements.LEAD_COUNTS, lists)
        await cursor.execute(sql, tuple(row[1] for row in lists))
        counts = dict(await cursor.fetchall())
    for campaign_id, *values in lists:
        campaigns[campaign_id]["lists"].append([*values, counts.get(values[0], 0)])
    return _json({"count": len(campaigns), "campaigns": list(campaigns.values())})


async def _agent_status(request: web.Request) -> web.Response:
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.AGENTS)
        agents = [
            dict(zip(statements.AGENT_COLUMNS, row, strict=True)) for row in await cursor.fetchall()
        ]

        async def rows(sql: str, column: str) -> Any:
            values = [agent[column] for agent in agents if agent[column]]
            await cursor.execute(statements.among(sql, values), tuple(values))
            return await cursor.fetchall()

        codes = {row[0]: row[2] for row in await rows(statements.PAUSE_CODES, "agent_log_id")}
        await cursor.execute(statements.PARKED)
        parked = {row[0] for row in await cursor.fetchall()}
        calls = {row[0]: row for row in await rows(statements.CALLS, "callerid")}
        shared = {row[0] for row in await rows(statements.SHARED_LEADS, "lead_id")}
        leads = {row[0]: row for row in await rows(statements.LEADS_OF_AGENTS, "lead_id")}
    for agent in agents:
        agent["pause_code"] = codes.get(agent["agent_log_id"])
        agent["parked"] = agent["callerid"] in parked
        agent["shared"] = agent["lead_id"] in shared
        agent["call"], agent["lead"] = calls.get(agent["callerid"]), leads.get(agent["lead_id"])
    return _json(agents)


async def _user_details(request: web.Request) -> web.Response:
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.USER, (request.match_info["user"],))
        row = await cursor.fetchone()
    return _json(dict(zip(statements.USER_COLUMNS, row, strict=True)))


async def _add_user(request: web.Request) -> web.Response:
    user = statements.NEW_USER | orjson.loads(await request.read())
    login = user["user"]
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        for sql, params in (
            (statements.USER_GROUP, user["user_group"]),
            (statements.PASSWORD_RULES, ()),
            (statements.LOCK, login),
            (statements.LOGIN, login),
        ):
            await cursor.execute(sql, params)
            await cursor.fetchall()
        await cursor.execute(statements.insert(user, "vicidial_users"), tuple(user.values()))
        user_id = cursor.lastrowid
        await cursor.execute(statements.ADMIN_LOG, (login,))
        await cursor.execute(statements.UNLOCK, login)
        await cursor.fetchall()
    return _json({"user": login, "user_id": user_id})


async def _in_group_status(request: web.Request) -> web.Response:
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.IN_GROUPS)
        groups = await cursor.fetchall()
        names = [group_id for group_id, _name in groups]
        await cursor.execute(statements.among(statements.CALLS_OF_IN_GROUPS, names), tuple(names))
        calls = {group_id: counts for group_id, *counts in await cursor.fetchall()}
        await cursor.execute(statements.among(statements.AGENTS_OF_IN_GROUPS, names), tuple(names))
        agents: dict[str, dict[str, Any]] = {group_id: {} for group_id in names}
        for group_id, user, status, *_ in await cursor.fetchall():
            agents[group_id][user] = status
    counted = {group_id: Counter(of_group.values()) for group_id, of_group in agents.items()}
    return _json([[*group, calls.get(group[0]), counted[group[0]]] for group in groups])


async def _add_did(request: web.Request) -> web.Response:
    did = statements.NEW_DID | orjson.loads(await request.read())
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.insert(did, "vicidial_inbound_dids"), tuple(did.values()))
        did_id = cursor.lastrowid
        await cursor.execute(statements.ADMIN_LOG, (did_id,))
    return _json({"did_id": did_id, "did_pattern": did["did_pattern"]})


async def _send_test_call(request: web.Request) -> web.Response:
    asked = orjson.loads(await request.read())
    lead = statements.NEW_LEAD | {"list_id": 998, "phone_number": asked["phone_number"]}
    async with request.app[POOL].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(statements.CAMPAIGN_TO_DIAL, (asked["campaign_id"],))
        await cursor.fetchall()
        await cursor.execute(statements.SERVER)
        await cursor.fetchall()
        await cursor.execute(statements.insert(lead), tuple(lead.values()))
        lead_id = cursor.lastrowid
        await cursor.execute(statements.ADMIN_LOG, (lead_id,))
        code = f"V000000000{lead_id:010}"
        for table, row in statements.test_call(code, lead_id, asked["phone_number"]).items():
            await cursor.execute(statements.insert(row, table), tuple(row.values()))
        man_id = cursor.lastrowid
        await cursor.execute(statements.ADMIN_LOG, (asked["campaign_id"],))
    return _json({"caller_code": code, "manager_id": man_id, "lead_id": lead_id})


def handler_app() -> web.Application:
    """The bare handlers."""
    app = web.Application()
    app.cleanup_ctx.append(_open_pool)
    app.router.add_get("/api/v1/version", _version)
    app.router.add_get("/api/v1/leads/search", _search)
    app.router.add_get("/api/v1/leads/{lead_id}/info", _info)
    app.router.add_post("/api/v1/leads", _add)
    app.router.add_put("/api/v1/leads/batch", _batch)
    app.router.add_put("/api/v1/leads/{lead_id}", _update)
    app.router.add_post("/api/v1/dnc", _add_dnc)
    app.router.add_get("/api/v1/campaigns", _campaigns)
    app.router.add_get("/api/v1/campaigns/with-lists", _with_lists)
    app.router.add_get("/api/v1/lists/{list_id}/info", _list_info)
    app.router.add_get("/api/v1/agents/status", _agent_status)
    app.router.add_get("/api/v1/users/{user}/details", _user_details)
    app.router.add_post("/api/v1/users", _add_user)
    app.router.add_get("/api/v1/ingroups/status", _in_group_status)
    app.router.add_post("/api/v1/dids", _add_did)
    app.router.add_post("/api/v1/test-call/send", _send_test_call)
    return app


def proxy_app(upstream: str) -> web.Application:
    """The bare proxy."""

    async def forward(request: web.Request) -> web.Response:
        async with request.app[SESSION].request(
            request.method,
            upstream + request.path_qs,
            data=await request.read(),
            headers={"Content-Type": request.headers.get("Content-Type", "text/plain")},
        ) as answer:
            return web.Response(
                status=answer.status,
                body=await answer.read(),
                headers={"Content-Type": answer.headers["Content-Type"]},
            )

    async def open_session(app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as app[SESSION]:
            yield

    app = web.Application()
    app.cleanup_ctx.append(open_session)
    app.router.add_route("*", "/{path:.*}", forward)
    return app


def main() -> None:
    """Serve one of the two."""
    kind, port, *rest = sys.argv[1:]
    app = handler_app() if kind == "handler" else proxy_app(rest[0])
    web.run_app(
        app,
        host="127.0.0.1",
        port=int(port),
        loop=uvloop.new_event_loop(),
        access_log=None,
        print=None,
    )


if __name__ == "__main__":
    main()
