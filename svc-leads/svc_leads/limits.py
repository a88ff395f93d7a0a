"""How long a statement may keep the dialer waiting (contract: leads.md, "Statements")."""

# A read that no index serves: on MyISAM its lock stops the dialer's updates.
SEARCH_SECONDS = 2

# Leads that one statement touches.
CHUNK = 500
