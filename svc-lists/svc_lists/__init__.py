"""Lists, custom field definitions, campaigns, DNC, filter groups, CID groups, URLs, presets.

Contract: `lists.md`. Which tables it writes and reads: `deploy/db/ownership.tsv`.
"""

__version__ = "0.1.0"
