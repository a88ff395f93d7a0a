"""The hopper: the leads that the dialer calls next."""
