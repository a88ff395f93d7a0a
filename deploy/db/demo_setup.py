"""Demo in-groups and a remote agent."""

from deploy.db.demo_phones import SERVER_IP
from deploy.db.demo_rows import Row, Rows, column_text


def setup_rows() -> dict[str, Rows]:
    """The rows by table."""
    return {
        "vicidial_inbound_groups": [
            _in_group("SALES", "Sales line", "white"),
            _in_group("SUPPORT", "Support line", "orange"),
        ],
        "vicidial_remote_agents": [
            {
                "user_start": "2424",
                "number_of_lines": 1,
                "server_ip": SERVER_IP,
                "conf_exten": "2125550124",
                "status": "INACTIVE",
                "campaign_id": "TESTCAMP",
                "closer_campaigns": column_text(("SALES",)),
            }
        ],
    }


def _in_group(group_id: str, name: str, color: str) -> Row:
    return {
        "group_id": group_id,
        "group_name": name,
        "group_color": color,
        "active": "Y",
        "web_form_address": "",
    }
