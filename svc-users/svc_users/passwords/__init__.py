"""Passwords as VICIdial stores and compares them (contract: users.md, "Passwords")."""
