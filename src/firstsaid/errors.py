"""One exception tree. A wrong *call* raises one of these; a strange *text* never does (it becomes a `Problem`).

FirstsaidError
|-- UsageError            the caller asked for something that does not exist or does not fit together
|-- CorpusError           a corpus file is missing, foreign, damaged, or newer than this program
|   `-- CorpusBusyError   another process is writing to it
|-- UnreadableError       bytes that a reader cannot turn into text; `reading` turns it into a problem
`-- MissingExtraError     an optional dependency is not installed
"""


class FirstsaidError(Exception):
    """Base of every error that Firstsaid raises on purpose. Its message names the value, the place and the way out."""


class UsageError(FirstsaidError):
    """The caller asked for something that does not exist or does not fit together."""


class CorpusError(FirstsaidError):
    """A corpus file is missing, is not ours, is damaged, or was written by a newer version."""


class CorpusBusyError(CorpusError):
    """Another process holds the corpus for writing."""


class UnreadableError(FirstsaidError):
    """Bytes that a reader cannot turn into text.

    `kind` is the kind of problem that it becomes, `advice` what the user can do.
    """

    def __init__(self, kind: str, message: str, advice: str) -> None:
        """Keep the three parts apart, so that a problem can be made of them."""
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.advice = advice


class MissingExtraError(FirstsaidError):
    """An optional dependency is not installed; the message gives the command that installs it."""
