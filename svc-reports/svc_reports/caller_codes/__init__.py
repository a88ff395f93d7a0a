"""Caller codes: where the dialer keeps which call had which."""
