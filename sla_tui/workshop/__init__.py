"""The sitting: the one live state of an agreement, and what needs two of the rooms below."""
