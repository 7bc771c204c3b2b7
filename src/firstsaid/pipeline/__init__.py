"""What brings every derived table up to date: the plan, what its tables depend on, and what is remembered from one trace to the next."""

from firstsaid.pipeline.plan import PLAN
from firstsaid.pipeline.states import stale_steps
from firstsaid.pipeline.tracing import TraceReport, trace

__all__ = ["PLAN", "TraceReport", "stale_steps", "trace"]
