"""What the help says about the history screen."""

ABOUT = """\
The list has the revisions of this file in git, the last one first, under the names it had before too; below or \
beside it stands what the one in hand changed, section by section. The first line is the file as it is now.
Enter goes into the changes. There r, or Enter, brings back what the line is about: a section's title the whole \
section. In the list r brings back the whole version. You see before what it would change, it is one step, and u takes \
it back.
m marks a revision: all that changed between it and the one in hand is told, whichever is older.
c makes a revision of what is not committed yet, of this file and nothing else."""
