"""Words between marks: which are somebody's, whose, and which are titles, scare quotes or speech of a dialogue."""
