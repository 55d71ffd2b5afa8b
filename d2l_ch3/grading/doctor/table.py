"""The doctor's table, or plain lines where rich is what is missing."""

from collections.abc import Sequence

from d2l_ch3.grading.doctor.lines import Line, State
from d2l_ch3.language import Text

_COLOURS = {State.ON: "green", State.WEAKER: "yellow", State.OFF: "bold red"}


def show(lines: Sequence[Line]) -> None:
    """Print the lines, and whether grading can go on."""
    missing = sum(line.state is State.OFF for line in lines)
    verdict = Text("可以批改。", "Grading can go on.")
    if missing:
        verdict = Text(f"有 {missing} 项要先修好，才能批改。", f"{missing} to be fixed before grading can go on.")
    try:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text as Styled
    except ImportError:
        for line in lines:
            print(f"{line.name}: {line.state.value}. {line.reason}", f"  → {line.mend}" if any(line.mend) else "")
        print(verdict)
        return
    titles = Text("项目", "what"), Text("状态", "state"), Text("说明", "reason and fix")
    table = Table(*map(str, titles))
    for line in lines:
        mend = f"\n→ {line.mend}" if any(line.mend) else ""
        table.add_row(str(line.name), Styled(str(line.state.value), _COLOURS[line.state]),
                      Styled(str(line.reason)).append(mend, "bold"))
    console = Console()
    console.print(table)
    console.print(str(verdict), highlight=False)
