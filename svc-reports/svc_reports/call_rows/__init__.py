"""The rows that a call has in the logs, for those who show and those who change them."""
