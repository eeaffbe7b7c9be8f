"""PDFs that were exported and came back: what is in them, which signatures they carry, and putting one more on them."""
