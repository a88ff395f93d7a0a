"""Users, agents, remote agents, user groups.

Contract: `users.md`. Which tables it writes and reads: `deploy/db/ownership.tsv`.
"""

__version__ = "0.1.0"
