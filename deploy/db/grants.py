"""The database rights of each service, made from `ownership.tsv`.

`python -m deploy.db.grants ACCOUNT [DATABASE]` prints those of an account that serves them all;
with `--replica` those of one that reads a replica for reports.

Columns there: a table, its owner, the services that read it, the service that creates and alters it
(the others have no say over a table's structure), and who else changes which of its columns, or
adds and removes rows: `svc-users(status server_ip),svc-telephony(INSERT DELETE)`. The owner
`vicidial` stands for the dialer and its administrators; `all` for every service, which may then
only insert. A name with a placeholder, `custom_<list_id>`, stands for tables that come into being
at run time.
"""

import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from dialkit.settings import SERVICES

from deploy.db.sql import identifier

EVERY_SERVICE = "all"

_OWNERSHIP = Path(__file__).parent / "ownership.tsv"
# Administrators make it by hand, if at all; a GRANT on what is not there is refused.
_ARCHIVE = "vicidial_list_archive"
_ALL_ROWS = "SELECT, INSERT, UPDATE, DELETE"
_STRUCTURE = ["CREATE", "ALTER"]
_OF_ROWS = ("INSERT", "DELETE")


class Ownership(NamedTuple):
    """Who writes a table, reads it, changes its structure or some columns, adds or removes rows."""

    table: str
    owner: str
    readers: tuple[str, ...]
    structure: str
    changes: dict[str, list[str]]
    row_rights: dict[str, list[str]]

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for tables that nobody can name beforehand."""
        return "<" in self.table


def read_ownership() -> list[Ownership]:
    """The lines of `ownership.tsv`."""
    lines = _OWNERSHIP.read_text(encoding="utf-8").splitlines()[1:]
    return [
        Ownership(
            table,
            owner,
            tuple(filter(None, readers.split(","))),
            structure,
            *_changes_by_service(changes),
        )
        for table, owner, readers, structure, changes in (line.split("\t") for line in lines)
    ]


def grants(database: str, service: str, account: str, *, absent: Collection[str] = ()) -> list[str]:
    """The GRANT statements of a service for its account (`'user'@'host'`, quoted).

    A GRANT on a table or column that the database lacks is refused: leave such out with `absent`,
    which names tables, and columns as `table.column`. They add rights and take none away.
    """
    return [
        f"GRANT {rights} ON {scope} TO {account}"
        for rights, scope in _rights(database, service, absent)
    ]


def read_grants(
    database: str, service: str, account: str, *, absent: Collection[str] = ()
) -> list[str]:
    """Those of a service's account on a replica: to read what the service reads, and no more."""
    return [
        f"GRANT SELECT ON {scope} TO {account}"
        for rights, scope in _rights(database, service, absent)
        if rights.startswith("SELECT")
    ]


def main() -> None:
    """Print what one account may do: `'api'@'%'`, quoted; `--replica`: to read for reports."""
    of_replica = "--replica" in sys.argv
    account, database, *_ = [*(one for one in sys.argv[1:] if one != "--replica"), "asterisk"]
    if of_replica:
        every = set(read_grants(database, "svc-reports", account))
    else:
        every = {grant for service in SERVICES for grant in grants(database, service, account)}
    for statement in sorted(every):
        print(sql_line(statement))


def sql_line(grant: str) -> str:
    """The statement for a person to run; a comment where most databases lack the table."""
    return f"{'-- where it exists: ' if _ARCHIVE in grant else ''}{grant};"


def _changes_by_service(changes: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Columns, and rights over rows, of `svc-users(status server_ip),svc-telephony(INSERT)`."""
    columns, rights = dict[str, list[str]](), dict[str, list[str]]()
    for part in filter(None, changes.split(",")):
        service, words = part.removesuffix(")").split("(")
        for word in words.split():
            (rights if word in _OF_ROWS else columns).setdefault(service, []).append(word)
    return columns, rights


def _rights(database: str, service: str, absent: Collection[str]) -> Iterator[tuple[str, str]]:
    for ownership in read_ownership():
        rights = _rights_on(ownership, service, absent)
        if rights and ownership.is_pattern:
            # No grant takes a pattern of table names: it has to be the whole database.
            yield rights, f"{_database_pattern(database)}.*"
        elif rights and ownership.table not in absent:
            yield rights, f"{identifier(database)}.{identifier(ownership.table)}"


def _rights_on(ownership: Ownership, service: str, absent: Collection[str]) -> str:
    if ownership.owner == service:
        return _ALL_ROWS
    reads, shapes = service in ownership.readers, ownership.structure == service
    rows = ["INSERT"] if ownership.owner == EVERY_SERVICE else ownership.row_rights.get(service, [])
    columns = [
        column
        for column in ownership.changes.get(service, ())
        if f"{ownership.table}.{column}" not in absent
    ]
    changes = [f"UPDATE ({', '.join(map(identifier, columns))})"] if columns else []
    return ", ".join(["SELECT"] * reads + rows + changes + _STRUCTURE * shapes)


def _database_pattern(database: str) -> str:
    """The name where `_` and `%` are wildcards: before `.*`, but not before `.table`."""
    return identifier(database.replace("_", "\\_").replace("%", "\\%"))


if __name__ == "__main__":
    main()
