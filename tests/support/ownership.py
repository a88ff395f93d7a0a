"""An ownership table of a test's own."""

from pathlib import Path

import pytest

from deploy.db import grants


def own(monkeypatch: pytest.MonkeyPatch, folder: Path, row: list[str]) -> None:
    """Let the ownership table have that row alone: table, owner, readers, structure, changes."""
    file = folder / "ownership.tsv"
    file.write_text("table\towner\treaders\tstructure\tchanges\n" + "\t".join(row) + "\n")
    monkeypatch.setattr(grants, "_OWNERSHIP", file)
