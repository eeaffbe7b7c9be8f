"""The scoring in a database's own SQL, and its figures back from there."""
