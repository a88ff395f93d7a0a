"""Which groups of a log a request asks for, and how they are spelled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from svc_reports.call_stats.labels import Labels
from svc_reports.call_stats.store import Log


class AskedGroups(NamedTuple):
    """Groups of a log: all where `ids` is None; the `named` are shown without calls too.

    `defined` are those that exist, spelled as the database does.
    """

    log: Log
    ids: list[str] | None
    named: Iterable[str]
    defined: Iterable[str]

    def labels(self) -> Labels:
        """Labels of the groups, as they are defined, or else as the log has them first."""
        labels = Labels()
        for group_id in self.defined:
            labels.key(group_id)
        return labels
