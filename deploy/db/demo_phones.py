"""Demo servers and settings, conference rooms, and the phones of desks and of a remote agent."""

from datetime import datetime

import pymysql

from deploy.db.demo_rows import Row, Rows, column_text
from deploy.db.demo_users import PEOPLE

SERVER_IP = "10.0.0.5"
CONFBRIDGE_SERVER_IP = "10.0.0.6"
# Agents' sessions; VICIdial gives rooms of ConfBridge numbers of their own.
FIRST_ROOMS = {SERVER_IP: 8600051, CONFBRIDGE_SERVER_IP: 9600000}

_ROOMS = 50
_EXAMPLE_TIME = datetime(2025, 1, 8, 10, 30, 45)  # noqa: DTZ001 - as the database keeps it
_AT_CONFBRIDGE = {"8002", "100b", "1013"}


def server_of(login: str) -> str:
    """The server where a phone is registered."""
    return CONFBRIDGE_SERVER_IP if login in _AT_CONFBRIDGE else SERVER_IP


def change_settings(cursor: pymysql.cursors.Cursor) -> None:
    """Switch on what the contract's examples need; the row is there from the beginning."""
    cursor.execute(
        """
        UPDATE system_settings SET
          custom_fields_enabled = '1', agent_whisper_enabled = '1',
          allowed_sip_stacks = 'SIP_and_PJSIP', active_voicemail_server = %s
        """,
        (SERVER_IP,),
    )


def phone_rows() -> dict[str, Rows]:
    """The rows by table."""
    desks = [person.phone for person in PEOPLE if person.phone]
    return {
        "servers": [
            _server("server1", SERVER_IP, "13.29.2-vici", "MEETME"),
            _server("server2", CONFBRIDGE_SERVER_IP, "18.21.1-vici", "CONFBRIDGE"),
        ],
        "vicidial_conferences": _rooms(SERVER_IP),
        "vicidial_confbridges": _rooms(CONFBRIDGE_SERVER_IP),
        "vicidial_conf_templates": [
            {
                "template_id": "SIP_generic",
                "template_name": "SIP phone generic",
                "template_contents": "type=friend\nhost=dynamic\ncontext=default\n",
            }
        ],
        "phones": [
            _phone("gs101", "8101"),
            _phone("gs102", "8102"),
            # Those of the contract's examples.
            _phone("8001", "8001") | {"fullname": "Ext 8001"},
            _phone("8002", "8002") | {"fullname": "Ext 8002"},
            _phone("100a", "1101"),
            _phone("100b", "1102"),
            *(_phone(desk, desk) for desk in desks),
        ],
        "phones_alias": [
            {
                "alias_id": "frontdesk",
                "alias_name": "Phones at the front desk",
                "logins_list": "gs101,gs102",
            }
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
        "vicidial_settings_containers": [
            _container("TIMEZONES_USA", "USA timezones", "TIMEZONE_LIST", "USA,EST,-5.00,Y\n"),
            _container("PHONES_NEW", "New phones", "PHONE_DEFAULTS", "protocol => SIP\n"),
        ],
    }


def _server(server_id: str, server_ip: str, asterisk_version: str, conf_engine: str) -> Row:
    return {
        "server_id": server_id,
        "server_description": f"Demo dialer with {conf_engine} rooms",
        "server_ip": server_ip,
        "active": "Y",
        "asterisk_version": asterisk_version,
        "active_asterisk_server": "Y",
        "generate_vicidial_conf": "Y",
        "rebuild_conf_files": "N",
        "conf_engine": conf_engine,
    }


def _rooms(server_ip: str) -> Rows:
    first = FIRST_ROOMS[server_ip]
    return [
        {"conf_exten": room, "server_ip": server_ip, "extension": ""}
        for room in range(first, first + _ROOMS)
    ]


def _phone(login: str, dialplan_number: str) -> Row:
    return {
        "extension": login,
        "dialplan_number": dialplan_number,
        "voicemail_id": dialplan_number,
        "server_ip": server_of(login),
        "login": login,
        "pass": f"demo{login}",
        "conf_secret": f"demoSIP{login}",
        "status": "ACTIVE",
        "active": "Y",
        "phone_type": "softphone",
        "fullname": f"Demo phone {dialplan_number}",
        "email": "",
        "outbound_cid": "2125550100",
        "template_id": "",
    }


def _container(container_id: str, notes: str, kind: str, entry: str) -> Row:
    return {
        "container_id": container_id,
        "container_notes": notes,
        "container_type": kind,
        "container_entry": entry,
        "modify_stamp": _EXAMPLE_TIME,
    }
