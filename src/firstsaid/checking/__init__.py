"""What does not hold together in a corpus, and a draft held against a corpus."""

from firstsaid.checking.case import contains_run, outlet_words
from firstsaid.checking.draft import check
from firstsaid.checking.evidence import CheckResult, EvidenceLookup, Match
from firstsaid.checking.findings import SETTINGS_SCHEMA, finding_rows

__all__ = ["SETTINGS_SCHEMA", "CheckResult", "EvidenceLookup", "Match", "check", "contains_run", "finding_rows", "outlet_words"]
