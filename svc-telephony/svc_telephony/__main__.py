"""Run svc-telephony: `python -m svc_telephony`."""

from dialkit.service import run_service
from dialkit.settings import service_settings

from svc_telephony.app import NAME, create_app

if __name__ == "__main__":
    run_service(NAME, create_app, service_settings)
