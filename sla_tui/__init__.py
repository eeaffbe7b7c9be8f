"""A workshop in the terminal for Sales–Marketing service level agreements."""

__version__ = "0.1.0"
