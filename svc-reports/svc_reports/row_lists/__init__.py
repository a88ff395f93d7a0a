"""Row lists: as JSON pages, or streamed as CSV or NDJSON (contract: reports.md, C4, C5)."""
