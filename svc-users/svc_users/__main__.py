"""Run svc-users: `python -m svc_users`."""

from dialkit.service import run_service
from dialkit.settings import service_settings

from svc_users.app import NAME, create_app

if __name__ == "__main__":
    run_service(NAME, create_app, service_settings)
