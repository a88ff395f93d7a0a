"""Logs of a call centre that has worked for 90 days, in any size."""
