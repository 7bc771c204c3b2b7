"""Names: where they stand in a text, which of them are one, and the ties between bodies that somebody states."""
