"""Words of another without marks that fill paragraphs, and what introduces them."""
