"""What the room sees."""

import os

# A key changes the field first and the form a moment later: at sixty pictures a second the second one waits too long.
os.environ.setdefault("TEXTUAL_FPS", "120")
