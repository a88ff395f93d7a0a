"""Demo users: who works in the demo call centre, and what they may do there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from deploy.db.demo_rows import Row, Rows, column_text

_PERMISSIONS = (
    "modify_users",
    "modify_campaigns",
    "modify_lists",
    "modify_leads",
    "load_leads",
    "view_reports",
    "custom_fields_modify",
    "vdc_agent_api_access",
)
_NEVER = datetime(2001, 1, 1, 0, 0, 1)  # noqa: DTZ001 - VICIdial's default


class Person(NamedTuple):
    """Somebody with a login; `here_for` is how many minutes ago it was used, None for never."""

    user: str
    full_name: str
    here_for: int | None
    in_groups: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    level: int = 1
    group: str = "AGENTS"


PEOPLE = (
    # The dialer's own users, as VICIdial makes them.
    Person("VDAD", "Outbound Auto Dial", None, group="ADMIN"),
    Person("VDCL", "Inbound No Agent", None, group="ADMIN"),
    Person("6666", "Admin", 175, ("SALES",), "101", "admin@example.com", 9, "ADMIN"),
    Person("2424", "Remote agent, line 1", None),
    Person("2425", "Remote agent, line 2", None),
    Person("1001", "Maria Alvarez", 171, phone="1001"),
    Person("1002", "James Coleman", 168, phone="1002"),
    Person("1003", "Linda Nguyen", 166, phone="1003"),
    Person("1004", "Robert Hayes", 161, phone="1004"),
    Person("1005", "Grace Kim", 155, phone="1005"),
    Person("1006", "Daniel Ortiz", 152, phone="1006"),
    Person("1007", "Sarah Bennett", 150, ("SALES",), "1007"),
    Person("1008", "Kevin Murphy", 143, phone="1008"),
    Person("1009", "Olivia Reed", 139, ("SALES", "SUPPORT"), "1009"),
    Person("1010", "Peter Larson", 137, phone="1010"),
    Person("1011", "Hannah Scott", 128, phone="1011"),
    Person("1012", "Marcus Green", 126, ("SUPPORT",), "1012"),
    Person("1013", "Emily Ross", 121, phone="1013"),
    Person("1014", "Carlos Mendez", 2_900, phone="1014"),
    Person("agent1", "John Smith", 119, ("SALES", "SUPPORT"), "102", "john@example.com"),
)
# The contract's examples: agent1 is 57, and whoever is added next 58.
_FIRST_ID = 58 - len(PEOPLE)


def user_rows(now: datetime) -> dict[str, Rows]:
    """The rows by table; `now` is local time."""
    return {
        "vicidial_user_groups": [
            {
                "user_group": "AGENTS",
                "group_name": "Agents",
                # VICIdial ends this list with a second dash.
                "allowed_campaigns": column_text(("TESTCAMP", "NEWCAMP", "-")),
            }
        ],
        "vicidial_users": list(_users(now)),
    }


def login_time(person: Person, now: datetime) -> datetime:
    """When the person logged in last."""
    return _NEVER if person.here_for is None else now - timedelta(minutes=person.here_for)


def _users(now: datetime) -> Iterator[Row]:
    for user_id, person in enumerate(PEOPLE, start=_FIRST_ID):
        yield {
            "user_id": user_id,
            "user": person.user,
            "pass": f"demo{person.user}",
            "full_name": person.full_name,
            "user_level": person.level,
            "user_group": person.group,
            "phone_login": person.phone,
            "phone_pass": f"demo{person.phone}" if person.phone else "",
            "email": person.email,
            "voicemail_id": "",
            "closer_campaigns": column_text(person.in_groups),
            "last_login_date": login_time(person, now),
            "active": "Y",
        } | dict.fromkeys(_PERMISSIONS, "1" if person.level > 1 else "0")
