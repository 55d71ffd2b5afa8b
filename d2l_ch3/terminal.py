"""The terminal, as every command uses it: plain lines, complaints, exit statuses, progress bars."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

CANNOT, INTERRUPTED = 2, 130
"""The exit statuses that all commands share: something has to be mended first; somebody pressed Ctrl-C."""


def say(console: Console, words: object, mark: str = "") -> None:
    """Print words as they are: nothing in them is markup, and a line that is too long is the terminal's to break.

    `mark` goes before them, and may be styled: ``"[bold red]✗[/] "``.
    """
    if mark:
        console.print(mark, end="")
    console.print(str(words), highlight=False, markup=False, emoji=False, soft_wrap=True)


def complain(command: str, why: object) -> int:
    """Say on stderr why a command cannot do what it was asked; returns `CANNOT`."""
    say(Console(stderr=True), f"d2l-ch3 {command}: {why}")
    return CANNOT


def bars(console: Console | None = None, stay: bool = False) -> Progress:
    """Progress bars, to be used as a context. They are for a person and go away in the end.

    They are on stderr if no console is given. Those that `stay` are for a log too.
    """
    console = console or Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TimeRemainingColumn())
    return Progress(*columns, console=console, transient=not stay, disable=not (stay or console.is_terminal))
