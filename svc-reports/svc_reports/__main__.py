"""Run svc-reports: `python -m svc_reports`."""

from dialkit.service import run_service

from svc_reports.app import NAME, create_app
from svc_reports.settings import report_settings

if __name__ == "__main__":
    run_service(NAME, create_app, report_settings)
