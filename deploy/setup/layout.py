"""Which secrets there are, and where: a folder a program, a file a secret."""

from collections.abc import Callable
from typing import NamedTuple

from dialkit.settings import SERVICES

from deploy.db.grants import grants, read_grants

GATEWAY = "gateway"
DATABASE = "database"
PROGRAMS = (GATEWAY, *SERVICES)

API_KEY_FILE = "api-key"
KEYS_FILE = "token-keys"
ROOT_FILE = "root-password"


class Login(NamedTuple):
    """A service's way into a database: the files that hold it, and what its account may do.

    Of its two names one is in use; a new password comes with the other one.
    """

    service: str
    user_file: str
    password_file: str
    names: tuple[str, str]
    rights: Callable[..., list[str]]

    def other_name(self, user: str) -> str:
        """The name that is not in use."""
        first, second = self.names
        return second if user == first else first


def _login(service: str) -> Login:
    name = service.replace("-", "_")
    return Login(service, "db-user", "db-password", (name, f"{name}_b"), grants)


LOGINS = tuple(map(_login, SERVICES))
# Named apart from svc_reports: a replica gets the accounts of the server that it follows, too.
REPLICA_LOGIN = Login(
    "svc-reports",
    "report-db-user",
    "report-db-password",
    ("svc_reports_replica", "svc_reports_replica_b"),
    read_grants,
)
