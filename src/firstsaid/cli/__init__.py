"""The command line: parse, call one method, print. stdout is data, stderr is talk; heavy imports stay inside the commands."""

from __future__ import annotations

import sys

import click

from firstsaid.cli import corpus_commands, file_commands

EXIT_FOUND = 1
EXIT_MISUSE = 2
EXIT_INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="firstsaid")
def firstsaid() -> None:
    """Trace what a body of texts says back to where it was first said.

    CORPUS is a file NAME.firstsaid, or a folder of texts (a corpus file is then kept beside it).
    Nothing leaves this machine; the only addresses ever fetched are those you type.
    """


for _command in (*corpus_commands.COMMANDS, *file_commands.COMMANDS):
    firstsaid.add_command(_command)


def _database_errors() -> tuple[type[Exception], ...]:
    """What SQLite raises, without importing it for `--help`."""
    sqlite3 = sys.modules.get("sqlite3")
    return (sqlite3.Error,) if sqlite3 else ()


def main() -> None:
    """Run the command; errors are one line on stderr. Exit codes: 0 done, 1 findings or problems in a check, 2 wrong use."""
    import io

    from firstsaid.cli.printing import say
    from firstsaid.errors import FirstsaidError

    if isinstance(sys.stdout, io.TextIOWrapper):
        # Where stdout has fewer letters than the texts (LC_ALL, PYTHONIOENCODING), the others are shown by number.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        # Not `firstsaid.main`, which ends with 1, as if something had been found, where the reader of our output went away.
        with firstsaid.make_context("firstsaid", sys.argv[1:]) as context:
            firstsaid.invoke(context)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(EXIT_MISUSE)
    except click.ClickException as error:
        say(f"firstsaid: {error.format_message()}")
        sys.exit(EXIT_MISUSE)
    except FirstsaidError as error:
        say(f"firstsaid: {error}")
        sys.exit(EXIT_MISUSE)
    except (KeyboardInterrupt, click.Abort):
        click.echo("firstsaid: stopped; what was done is kept, and the same command goes on from here", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (head, a pager) went away.
        sys.stderr.close()
        sys.exit(0)
    except _database_errors() as error:
        say(f"firstsaid: the corpus cannot be read ({error}). If it is damaged, restore a backup, or add the folder to a new corpus")
        sys.exit(EXIT_MISUSE)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        say(f"firstsaid: {place}{error.strerror or error}. Name a place that can be read or written, with room on its disk")
        sys.exit(EXIT_MISUSE)
