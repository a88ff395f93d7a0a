"""The database as a service's own code sees it, without a service around it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from dialkit.db import Database
from support.apps import service_settings
from support.database import TestDatabase


@asynccontextmanager
async def database_of(db: TestDatabase, service: str, **changes: Any) -> AsyncIterator[Database]:
    """`async with database_of(db, "svc-lists", statement_timeout_s=0.2) as database`."""
    settings = service_settings(db, service)
    database = Database(replace(settings.database, **changes), settings.timezone)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def database(db: TestDatabase, service: str) -> AsyncIterator[Database]:
    """The database with a service's rights: `parametrize("service", ["svc-lists"])`."""
    async with database_of(db, service) as database:
        yield database
