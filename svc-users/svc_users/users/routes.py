"""Endpoints of users."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import NotFound, NothingToUpdate
from dialkit.http import AGENT_USER, answer, takes
from dialkit.references import settled
from dialkit.sharing import SHARED_READS
from dialkit.tokens import CALLER

from svc_users.live.filters import selection_of
from svc_users.logins import path_login
from svc_users.passwords.columns import checked_rules, password_columns
from svc_users.passwords.hash_queue import HASHER
from svc_users.ranks.write import ranks_of
from svc_users.users import add, change, copy, deletion, store
from svc_users.users.checks import all_checked
from svc_users.users.columns import new_columns, user_object
from svc_users.users.existing import MISSING, existing, refuse_taken
from svc_users.users.fields import SWITCHES, THINGS
from svc_users.users.logged_in import logged_in_agents, logged_in_agents_with_states
from svc_users.users.schemas import LoggedInFilter, NewUser, UserChanges, UserCopy

routes = web.RouteTableDef()


@routes.post("/api/v1/users")
@takes("add_user", about="user", body=NewUser())
async def add_user(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a user (contract: POST /users)."""
    db, asked, password = request.app[DATABASE], body.pop("user"), body.pop("pass")
    fields, rules = await all_checked(
        settled(db, body, THINGS), checked_rules(db, "pass", password)
    )
    if rules.hash_enabled:  # a hash is dear: not for what is refused anyway
        await refuse_taken(db, asked)
    columns = new_columns(fields) | await password_columns(rules, request.app[HASHER], password)
    caller, now = request[CALLER], request.app[CLOCK].now()
    user = await add.add(db, asked, columns, ranks_of(fields), caller, now)
    request[AGENT_USER] = user.login
    shown = {name: columns[name] for name in ("full_name", "user_level", "user_group", "active")}
    data = {"user": user.login, "user_id": user.user_id, **shown}
    return answer("User created successfully", data)


@routes.put("/api/v1/users/{user_id}")
@takes("update_user", about="user_id", body=UserChanges())
async def change_user(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change or delete a user (contract: PUT /users/{user_id})."""
    db, caller, clock = request.app[DATABASE], request[CALLER], request.app[CLOCK]
    asked = path_login(request, "user_id", missing=MISSING)
    deletes = body.pop("delete_user", "N") == "Y"
    if not (deletes or body.keys() - SWITCHES):
        raise NothingToUpdate("No updates defined")
    login = await existing(db, asked)
    if deletes:
        await deletion.delete(db, login, caller, clock.now())
        return answer("User deleted successfully", {"user": login})
    columns, given = await change.checked(db, request.app[HASHER], body)
    await change.change(db, login, columns, given, caller, clock.now())
    return answer("User updated successfully", {"user": login})


@routes.post("/api/v1/users/{user_id}/copy")
@takes("copy_user", about="new_user", body=UserCopy())
async def copy_user(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Copy a user (contract: POST /users/{user_id}/copy)."""
    db = request.app[DATABASE]
    source = await existing(db, path_login(request, "user_id", missing=MISSING))
    asked, password = body.pop("new_user"), body.pop("new_pass")
    rules = await checked_rules(db, "new_pass", password)
    if rules.hash_enabled:  # a hash is dear: not for what is refused anyway
        await refuse_taken(db, asked)
    columns = body | await password_columns(rules, request.app[HASHER], password)
    caller, now = request[CALLER], request.app[CLOCK].now()
    user = await copy.copy(db, source, asked, columns, caller, now)
    request[AGENT_USER] = user.login
    data = {"new_user": user.login, "source_user": source, "user_id": user.user_id}
    return answer("User copied successfully", data)


@routes.get("/api/v1/users/{user_id}/details")
@takes("user_details", about="user_id")
async def show_user(request: web.Request) -> web.Response:
    """Show a user (contract: GET /users/{user_id}/details)."""
    login = path_login(request, "user_id", missing=MISSING)
    row = await store.find_user(request.app[DATABASE], login)
    if row is None:
        raise NotFound(MISSING)
    return answer("User details retrieved", user_object(row, request.app[CLOCK]))


@routes.get("/api/v1/users/logged-in")
@takes("logged_in_agents", query=LoggedInFilter())
async def list_logged_in_agents(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Agents that are logged in (contract: GET /users/logged-in)."""
    with_states = query["show_sub_status"] == "Y"
    read = logged_in_agents_with_states if with_states else logged_in_agents
    agents = await request.app[SHARED_READS].data(
        read, request.app[DATABASE], request.app[CLOCK], selection_of(query)
    )
    return answer("Logged-in agents retrieved", agents)
