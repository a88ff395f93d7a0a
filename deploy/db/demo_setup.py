"""Demo phones, in-groups, a remote agent and the dialer."""

from deploy.db.demo_rows import Row, Rows, column_text
from deploy.db.demo_users import PEOPLE

SERVER_IP = "10.0.0.5"


def setup_rows() -> dict[str, Rows]:
    """The rows by table."""
    desks = [person.phone for person in PEOPLE if person.phone]
    return {
        "servers": [
            {
                "server_id": "DEMO",
                "server_description": "Demo dialer",
                "server_ip": SERVER_IP,
                "active": "Y",
                "asterisk_version": "16.30.0",
            }
        ],
        "phones": [
            _phone("gs101", "8101"),
            _phone("gs102", "8102"),
            *(_phone(desk, desk) for desk in desks),
        ],
        "phones_alias": [
            {
                "alias_id": "frontdesk",
                "alias_name": "Phones at the front desk",
                "logins_list": "gs101,gs102",
            }
        ],
        "vicidial_inbound_groups": [
            _in_group("SALES", "Sales line"),
            _in_group("SUPPORT", "Support line"),
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


def _phone(login: str, extension: str) -> Row:
    return {
        "extension": login,
        "dialplan_number": extension,
        "voicemail_id": extension,
        "server_ip": SERVER_IP,
        "login": login,
        "pass": f"demo{login}",
        "status": "ACTIVE",
        "active": "Y",
        "phone_type": "softphone",
        "fullname": f"Demo phone {extension}",
        "outbound_cid": "2125550100",
        "template_id": "",
    }


def _in_group(group_id: str, name: str) -> Row:
    return {"group_id": group_id, "group_name": name, "group_color": "white", "active": "Y"}
