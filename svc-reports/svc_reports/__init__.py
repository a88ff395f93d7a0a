"""Call, agent, DID and recording logs: looked up, counted, exported.

Contract: `reports.md`. Which tables it writes and reads: `deploy/db/ownership.tsv`.
"""

__version__ = "0.1.0"
