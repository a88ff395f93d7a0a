"""The number at which a session is reached from any server (contract: POST /monitor/blind, 9)."""

from __future__ import annotations


def target(server_ip: str, prefix: str, session_id: str) -> str:
    """The session's server in octets of three digits, the prefix, the session."""
    octets = "".join(f"{octet:0>3}*" for octet in server_ip.split("."))
    return f"{octets}{prefix}{session_id}"
