"""Agents at work, in real time: what three endpoints read and share (no endpoints here)."""
