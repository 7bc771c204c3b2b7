"""One SQLite file: what was added and decided is kept, everything else can be made again."""
