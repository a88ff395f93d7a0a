"""Leads, archived leads, callbacks, the hopper, and the values of custom fields.

Contract: `leads.md`. Which tables it writes and reads: `deploy/db/ownership.tsv`.
"""

__version__ = "0.1.0"
