"""Which offset from UTC a lead has now (contract: leads.md, "Time zone")."""
