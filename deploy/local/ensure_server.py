"""`python -m deploy.local.ensure_server`: see to it that a database server can be started."""

import sys

from deploy.local.errors import CannotStart
from deploy.local.server import ensure_server

if __name__ == "__main__":
    try:
        ensure_server(print)
    except CannotStart as error:
        sys.exit(str(error))
