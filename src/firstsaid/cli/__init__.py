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


def main() -> None:
    """Run the command; errors are one line on stderr. Exit codes: 0 done, 1 findings or problems in a check, 2 wrong use."""
    from firstsaid.errors import FirstsaidError

    try:
        sys.exit(firstsaid.main(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(EXIT_MISUSE)
    except click.ClickException as error:
        click.echo(f"firstsaid: {error.format_message()}", err=True)
        sys.exit(EXIT_MISUSE)
    except FirstsaidError as error:
        click.echo(f"firstsaid: {error}", err=True)
        sys.exit(EXIT_MISUSE)
    except (KeyboardInterrupt, click.Abort):
        click.echo("firstsaid: stopped; what was done is kept, and the same command goes on from here", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (head, a pager) went away.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(
            f"firstsaid: {place}{error.strerror or error}. Name a place that can be read or written, with room on its disk", err=True
        )
        sys.exit(EXIT_MISUSE)
