"""Do-not-call lists, as svc-leads reads them (contract: leads.md, "DNC check")."""
