"""The sections of an agreement, one declaration a file."""
