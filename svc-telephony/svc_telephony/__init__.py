"""Phones, DIDs, in-groups, audio and servers; monitoring and test calls through the dial queue.

Contract: `telephony.md`. Which tables it writes and reads: `deploy/db/ownership.tsv`.
"""

__version__ = "0.1.0"
