"""`python -m deploy.db` builds what the contract's examples need, once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from support.database import TestDatabase

from deploy.db.demo import CALLER_CODE, fill_demo_rows


@pytest.fixture
def demo(db: TestDatabase) -> Iterator[TestDatabase]:
    """The database with demo rows of this moment."""
    with db.connect() as connection:
        fill_demo_rows(connection, datetime.now())  # noqa: DTZ005 - local, as the server's
    return db
