"""What the board is for, for its help."""

_PARAGRAPHS = (
    "The sentence: from so many points on, how many leads a week sales gets, how many of its hours they take, how many "
    "of them will buy, and how many buyers stay below. ←→ moves the threshold, ↑↓ chooses the stage it belongs to.",
    "The bars: how many leads have each score, █ won, ░ lost, · not known yet; ▲ is the threshold in hand. “If at” "
    "tells the same figures for other thresholds; ! beside the hours: more than sales has.",
    "What the scoring of this agreement does to real leads. Every change is part of the agreement at once, is saved, "
    "and u takes it back; only a rule switched off with Space is off for now, and stays in the agreement.",
    "w puts together when a rule fires, from the leads' own columns and values, and says on whom as you choose. "
    "L shows what stands beside the rules: fading, groups and what they give at most, exclusions, fast tracks; “holds” "
    "counts the leads a cap cuts, “out” those left out, “jump” those lifted past their points.",
    "Precision: of the leads that reach a stage and whose outcome is known, how many were won; in brackets, where it "
    "lies with 95 % certainty. Recall: of all leads won, how many reach the stage. Lift: how many times better than "
    "taking leads blindly.",
    "A week: the leads over the weeks they came in. Its hours: what the quota of today, else the next one, keeps free, "
    "and how long it says a lead takes. Who will buy is reckoned from leads whose outcome is known.",
    "Nobody's name, email address or phone number is shown until F7 is pressed, which hides them again too; i shows a "
    "lead's other fields. F8 says which column of the files is what, and remembers it in leads.toml; I keeps the "
    "leads beside the agreement without who they are.",
)
ABOUT = "\n\n".join(_PARAGRAPHS)
