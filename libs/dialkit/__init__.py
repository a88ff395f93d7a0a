"""What all programs of the suite share."""

__version__ = "0.1.0"
