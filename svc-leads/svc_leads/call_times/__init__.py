"""Whether a lead may be called now (contract: leads.md, "Local call time")."""
