"""The history of a file on the screen: its revisions, what each changed, what comes back, and making one more."""
