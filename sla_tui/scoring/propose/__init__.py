"""Rules learned from past outcomes: few, whole-numbered, said in the scoring's own language, honestly measured."""
