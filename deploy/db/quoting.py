"""Names and texts inside SQL statements, where parameters cannot be bound."""

from pymysql.converters import escape_string


def identifier(name: str) -> str:
    """A table's, column's or database's name in backticks."""
    return "`" + name.replace("`", "``") + "`"


def literal(text: str) -> str:
    """A text in quotes."""
    return f"'{escape_string(text)}'"
