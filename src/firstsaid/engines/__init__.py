"""Engines run steps and know no text: `Each` and `Group`, the embedded engine, and Spark's place beside it."""

from firstsaid.engines.protocol import Beside, Each, Engine, Group, Progress, Step

__all__ = ["Beside", "Each", "Engine", "Group", "Progress", "Step", "engine_named"]


def engine_named(name: str) -> Engine:
    """The engine of that name.

    Raises:
        UsageError: no engine has that name, or it is not part of this version.
    """
    from firstsaid.engines.embedded import EmbeddedEngine
    from firstsaid.errors import UsageError

    if name == "embedded":
        return EmbeddedEngine()
    raise UsageError(f"no engine {name!r} in this version. Engines: embedded. Leave --engine out to use it")
