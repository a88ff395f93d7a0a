"""The rows that the measured requests work on."""

from typing import Any

from load import statements
from load.requests import (
    AGENTS,
    CAMPAIGNS,
    FIRST_LIST,
    IN_GROUPS,
    LEADS,
    LEADS_EACH,
    LIST_ID,
    LISTS_EACH,
)


def fill(cursor: Any) -> None:
    """Fill a stock database."""
    cursor.execute("INSERT INTO vicidial_campaigns (campaign_id, active) VALUES ('BENCH', 'Y')")
    cursor.execute(
        "INSERT INTO vicidial_lists (list_id, campaign_id, active) VALUES (%s, 'BENCH', 'Y')",
        (LIST_ID,),
    )
    _fill_leads(cursor)
    _fill_campaigns(cursor)
    _fill_agents(cursor)
    _fill_in_groups(cursor)


def _fill_leads(cursor: Any) -> None:
    lead = statements.NEW_LEAD | {"list_id": LIST_ID}
    for start in range(0, LEADS, 1000):
        rows = [
            lead | {"phone_number": f"303555{n % 100:02d}{n // 100:04d}", "last_name": f"Doe {n}"}
            for n in range(start, start + 1000)
        ]
        sql = statements.insert_rows(rows[0], len(rows))
        cursor.execute(sql, [value for row in rows for value in row.values()])


def _fill_campaigns(cursor: Any) -> None:
    lists = CAMPAIGNS * LISTS_EACH
    cursor.execute(
        "INSERT INTO vicidial_campaigns (campaign_id, campaign_name, active)"
        f" SELECT CONCAT('CAMP', seq), CONCAT('Campaign ', seq), 'Y' FROM seq_1_to_{CAMPAIGNS}"
    )
    cursor.execute(
        "INSERT INTO vicidial_lists (list_id, list_name, campaign_id, active)"
        f" SELECT {FIRST_LIST} + seq, CONCAT('List ', seq), CONCAT('CAMP', seq % {CAMPAIGNS} + 1),"
        f" 'Y' FROM seq_0_to_{lists - 1}"
    )
    cursor.execute(
        "INSERT INTO vicidial_list (list_id, phone_number, phone_code, status)"
        f" SELECT {FIRST_LIST} + seq % {lists}, 7130000000 + seq, '1', 'NEW'"
        f" FROM seq_1_to_{lists * LEADS_EACH}"
    )


def _fill_agents(cursor: Any) -> None:
    """Agents who are logged in: half of them in calls, a quarter ready, the others paused."""
    agents = f"FROM seq_1_to_{AGENTS}"
    cursor.execute(
        "INSERT INTO vicidial_user_groups (user_group, group_name, allowed_campaigns)"
        " VALUES ('AGENTS', 'Agents', ' -ALL-CAMPAIGNS- -')"
    )
    cursor.execute(
        "INSERT INTO vicidial_users (user, pass, full_name, user_level, user_group)"
        f" SELECT CONCAT('agent', seq), 'secret', CONCAT('Agent ', seq), 1, 'AGENTS' {agents}"
    )
    cursor.execute(
        "INSERT INTO vicidial_agent_log (agent_log_id, user, server_ip, sub_status)"
        f" SELECT seq, CONCAT('agent', seq), '10.0.0.10', 'LOGIN' {agents}"
    )
    cursor.execute(
        "INSERT INTO vicidial_live_agents (user, server_ip, conf_exten, extension, status, lead_id,"
        " campaign_id, callerid, agent_log_id, last_call_time, last_state_change,"
        " closer_campaigns)"
        " SELECT CONCAT('agent', seq), '10.0.0.10', 8600000 + seq, CONCAT('SIP/', seq),"
        " ELT(seq % 4 + 1, 'INCALL', 'READY', 'INCALL', 'PAUSED'), IF(seq % 2 = 0, seq, 0),"
        " 'BENCH', IF(seq % 2 = 0, CONCAT('M10100000000', seq), ''), seq, NOW(), NOW(),"
        f" ' SALES SUPPORT -' {agents}"
    )
    cursor.execute(
        "INSERT INTO vicidial_auto_calls (server_ip, campaign_id, status, lead_id, uniqueid,"
        " callerid, channel, phone_number)"
        " SELECT '10.0.0.10', 'BENCH', 'LIVE', seq, CONCAT('1700000000.', seq),"
        " CONCAT('M10100000000', seq), CONCAT('SIP/', seq), 3035550000 + seq"
        f" {agents} WHERE seq % 2 = 0"
    )


def _fill_in_groups(cursor: Any) -> None:
    """In-groups with waiting calls, each agent in three of them; a server that places calls."""
    # No dialer takes the test calls out again.
    cursor.execute("SET max_heap_table_size = 1024 * 1024 * 1024")
    cursor.execute("ALTER TABLE vicidial_auto_calls ENGINE = MEMORY")
    cursor.execute(
        "INSERT INTO vicidial_inbound_groups (group_id, group_name, active)"
        f" SELECT CONCAT('INGROUP', seq), CONCAT('In-group ', seq), 'Y' FROM seq_1_to_{IN_GROUPS}"
    )
    cursor.execute(
        "INSERT INTO vicidial_live_inbound_agents (user, group_id)"
        f" SELECT CONCAT('agent', a.seq), CONCAT('INGROUP', (a.seq + 7 * n.seq) % {IN_GROUPS} + 1)"
        f" FROM seq_1_to_{AGENTS} AS a JOIN seq_1_to_3 AS n"
    )
    cursor.execute(
        "INSERT INTO vicidial_auto_calls (server_ip, campaign_id, status, lead_id, callerid)"
        f" SELECT '10.0.0.10', CONCAT('INGROUP', seq), 'LIVE', seq, CONCAT('Y', seq)"
        f" FROM seq_1_to_{IN_GROUPS}"
    )
    cursor.execute(
        "INSERT INTO servers (server_id, server_ip, active, active_asterisk_server,"
        " asterisk_version) VALUES ('bench', '10.0.0.10', 'Y', 'Y', '18.21.0-vici')"
    )
