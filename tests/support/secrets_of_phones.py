"""Requests that carry passwords of phones to svc-telephony."""

from collections.abc import Iterator
from typing import Any

from support.secrets_sent import MARK, SECRET, Request, Target, in_query, refused
from support.telephony import SERVER_IP

# As people write it, as programs encode it, and what sounds like it.
QUERY = in_query("pass", "c%6Fnf%5Fsecret", "Registration_Password", "old_phone_pass")

# Each with its second name; only what the phone registers with has to be long.
_FIELDS = {
    "phone_pass": (),
    "pass": (),
    "registration_password": (MARK,),
    "conf_secret": (MARK,),
}
_SERVER = {"server_ip": SERVER_IP}
_NEW = [
    Target("POST", "/phones", field, _SERVER, numbered="extension", refused=weak)
    for field, weak in _FIELDS.items()
]
_CHANGES = [
    Target("PUT", "/phones/8001", field, {"company": "Hill"}, refused=weak)
    for field, weak in _FIELDS.items()
]
TARGETS = (*_NEW, *_CHANGES)


def generating() -> Iterator[Request]:
    """New phones without passwords, which the service makes; a repeat tells nothing of them."""
    for place in range(3):
        phone = _SERVER | {"extension": f"811{place}"}
        yield Request(200, "POST", "/phones", {"json": phone})
        yield Request(409, "POST", "/phones", {"json": phone})


def refused_passwords() -> Iterator[Request]:
    """Each secret in requests that are refused, for one reason after another."""
    yield from refused(TARGETS)
    for target in TARGETS:
        yield target.request(400, phone_full_name="<Ada>")
        yield target.request(400, protocol="PJSIP")
        yield target.request(400, template_id="NONE")
        yield target.request(409, phone_login="8002")
        yield target.request(409, phone_login="frontdesk")
        yield target.request(409, voicemail_id="8100")
    for target in _NEW:
        yield target.request(409, extension="8001")
        yield target.request(400, server_ip="10.0.0.9")
    for target in _CHANGES:
        yield target._replace(path="/phones/8999").request(404)
        yield target.request(400, delete_phone="Y")
        yield target.request(400, extension="8002")
    for target, other in ((_NEW[0], "pass"), (_NEW[2], "conf_secret")):
        yield target.request(400, **{other: f"{SECRET}x"})


def stray() -> Iterator[Request]:
    """The secret where no secret belongs: in queries and bodies, at wrong paths, without a key."""
    secret = {"json": {"pass": SECRET, "conf_secret": SECRET}}
    for method, path in (
        ("POST", "/phone-aliases"),
        ("PUT", "/phone-aliases/frontdesk"),
        ("POST", "/dids"),
        ("POST", "/monitor/blind"),
        ("POST", "/test-call/send"),
        ("POST", "/system/refresh"),
        ("POST", "/group-aliases"),
    ):
        yield Request(400, method, path, secret)
    rejected: dict[str, Any] = {"headers": {"X-API-Key": "wrong"}}
    for status, method, path, options in (
        (200, "GET", "/system/voicemail", {}),
        (200, "GET", "/system/sounds", {}),
        (200, "GET", "/system/moh", {}),
        (200, "GET", "/ingroups", {}),
        (200, "GET", "/ingroups/status", {}),
        (200, "GET", "/callmenus", {}),
        (200, "GET", "/containers", {}),
        (200, "GET", "/test-call/list", {}),
        (404, "GET", "/test-call/status", {}),
        (200, "PUT", "/phones/8001", {"json": {"company": "Hill"}}),
        (400, "PUT", "/phones/8001", {"json": {}}),
        (404, "PUT", "/phones/8999", {"json": {"company": "Hill"}}),
        (404, "GET", "/phone", {}),
        (405, "DELETE", "/phones/8001", {}),
        (401, "PUT", "/phones/8001", rejected),
    ):
        code = "caller_code=V1&" if path == "/test-call/status" else ""
        yield Request(status, method, f"{path}?{code}{QUERY}", options)
