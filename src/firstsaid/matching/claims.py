"""Claims set against each other, as kernels for an engine.

found_claim --form_rows--> claim_form --pair_rows (all)--> claim_pair --telling_rows (all)--> claim_telling
"""

from firstsaid.matching.claim_forms import CLAIM_FORM_SCHEMA as FORM_SCHEMA
from firstsaid.matching.claim_forms import claim_form_rows as form_rows
from firstsaid.matching.claim_pairs import CLAIM_PAIR_SCHEMA as PAIR_SCHEMA
from firstsaid.matching.claim_pairs import claim_pair_rows as pair_rows
from firstsaid.matching.claim_tellings import CLAIM_TELLING_SCHEMA as TELLING_SCHEMA
from firstsaid.matching.claim_tellings import telling_rows

__all__ = ["FORM_SCHEMA", "PAIR_SCHEMA", "TELLING_SCHEMA", "form_rows", "pair_rows", "telling_rows"]
