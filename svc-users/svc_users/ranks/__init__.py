"""Ranks and grades: which calls come to a user first (no endpoints here)."""
