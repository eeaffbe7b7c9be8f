"""The scoring board: what points and thresholds do to real leads, while they are changed."""
