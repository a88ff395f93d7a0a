"""The dial queue: calls that a live dialer places within a tenth of a second."""
