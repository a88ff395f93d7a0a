"""Run svc-leads: `python -m svc_leads`."""

from dialkit.service import run_service
from dialkit.settings import service_settings

from svc_leads.app import NAME, create_app

if __name__ == "__main__":
    run_service(NAME, create_app, service_settings)
