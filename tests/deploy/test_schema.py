"""The built database is the one that the facts describe, to the letter."""

from pathlib import Path

import pytest
from support.database import TestDatabase

_FACTS = Path(__file__).parents[2] / "deploy" / "db" / "vicidial"


def test_tables_are_those_of_the_facts(db: TestDatabase) -> None:
    built = db.rows(
        """
        SELECT table_name, engine, table_collation
        FROM information_schema.tables WHERE table_schema = %s
        """,
        db.name,
    )

    assert sorted(built) == sorted(_facts("tables.tsv"))
    assert len(built) == 334


def test_columns_are_those_of_the_facts(db: TestDatabase) -> None:
    built = db.rows(
        r"""
        SELECT table_name, CAST(ordinal_position AS CHAR), column_name, column_type, is_nullable,
               COALESCE(column_default, '\\N'), extra
        FROM information_schema.columns WHERE table_schema = %s
        """,
        db.name,
    )

    assert sorted(built) == sorted(_facts("columns.tsv"))


def test_indexes_are_those_of_the_facts(db: TestDatabase) -> None:
    built = db.rows(
        """
        SELECT table_name, index_name, IF(non_unique, 'N', 'Y'), CAST(seq_in_index AS CHAR),
               CONCAT(column_name, IF(sub_part IS NULL, '', CONCAT('(', sub_part, ')')))
        FROM information_schema.statistics WHERE table_schema = %s
        """,
        db.name,
    )

    assert sorted(built) == sorted(_facts("indexes.tsv"))


@pytest.mark.parametrize("table", sorted(path.stem for path in (_FACTS / "rows").glob("*.tsv")))
def test_stock_rows_are_all_there(db: TestDatabase, table: str) -> None:
    columns, *rows = _lines(_FACTS / "rows" / f"{table}.tsv")
    expected = [tuple(text.replace("\\n", "\n") for text in row) for row in rows]
    listed = ", ".join(
        f"COALESCE(CAST(`{column}` AS CHAR CHARACTER SET utf8mb4), 'NULL')" for column in columns
    )

    assert sorted(db.rows(f"SELECT {listed} FROM {table}")) == sorted(expected)


def test_a_lead_with_zero_dates_is_taken(db: TestDatabase) -> None:
    lead_id = db.insert(
        "vicidial_list",
        phone_number="5551234567",
        entry_date="0000-00-00 00:00:00",
        date_of_birth="0000-00-00",
    )

    assert db.row(
        "SELECT CAST(entry_date AS CHAR), CAST(date_of_birth AS CHAR) FROM vicidial_list"
        " WHERE lead_id = %s",
        lead_id,
    ) == ("0000-00-00 00:00:00", "0000-00-00")


@pytest.mark.parametrize("engine", ["InnoDB"])
def test_all_tables_can_be_innodb(db: TestDatabase) -> None:
    built = db.rows(
        "SELECT engine, COUNT(*) FROM information_schema.tables WHERE table_schema = %s"
        " GROUP BY engine",
        db.name,
    )

    assert built == [("InnoDB", 334)]
    assert db.count("vicidial_statuses") == 50


def _facts(file: str) -> list[tuple[str, ...]]:
    return [tuple(line) for line in _lines(_FACTS / file)[1:]]


def _lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text().removesuffix("\n").split("\n")]
