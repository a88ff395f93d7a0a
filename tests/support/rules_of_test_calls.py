"""A campaign and a server, as the rules of test calls see them."""

from svc_telephony.test_calls.rows import Campaign, Server

CAMPAIGN = Campaign(
    campaign_id="TESTCAMP",
    campaign_name="Test Campaign",
    active="Y",
    dial_prefix="9",
    campaign_cid="15559876543",
    dial_timeout=60,
    omit_phone_code="N",
    campaign_vdad_exten="8366",
    manual_dial_list_id=998,
    cid_group_id="---DISABLED---",
    cid_group_id_two="---DISABLED---",
    use_custom_cid="N",
    list_cid_override="",
    list_cid_group_id="---DISABLED---",
    list_dial_prefix="",
)
SERVER = Server(
    server_id="server1",
    server_ip="10.0.0.5",
    asterisk_version="11.25.3-vici",
    routing_prefix="13",
    ext_context="default",
    answer_transfer_agent="8365",
)
