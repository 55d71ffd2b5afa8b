"""What the doctor says, in a terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Words

from d2l_ch3.checks.catalogue import NOT_WRITTEN, named
from d2l_ch3.checks.wrapping import wrap
from d2l_ch3.language import Text
from d2l_ch3.presubmit.costs import Score
from d2l_ch3.presubmit.doctor import Checked
from d2l_ch3.presubmit.notebook import Notebook
from d2l_ch3.presubmit.problems import Finding

_EXERCISE, _POINTS, _SAYS = Text("习题", "exercise"), Text("得分", "points"), Text("检查说", "the check says")
_RIGHT, _NOT_YET = Text("✓ 全对", "✓ all right"), Text("还没有写", "not written yet")
_BY_HAND = Text("由老师批改", "a person reads it")
_HIDDEN = Text("批改时才知道：这道题的检查没有发下来", "known when it is graded: its tests were not given out")
_NO_REPORT, _FAILS = Text("没有运行到", "could not be run"), Text("测试没有全部通过", "the test does not pass")
_TOTAL = Text("检查能给的", "what the checks give")
_COSTS = Text("这些会丢分", "This costs points")
_HARMLESS = Text("这些不丢分，最好也改", "This costs nothing, but is worth fixing")
_CELL, _GONE = Text("第 {number} 个单元格", "cell {number}"), Text("不在文件里", "not in the file")
_WHOLE = Text("整份笔记本", "the whole notebook")
_FIXABLE = Text("上面有 {count} 处可以用 `d2l-ch3 check --fix` 恢复。",
                "`d2l-ch3 check --fix` restores {count} of the things above.")
_GOOD = Text("可以交了：从头运行，没有发现会丢分的地方。",
             "Ready to hand in: in a clean run nothing was found that costs points.")
_LOSES = Text("现在交会丢分：{count} 处。", "Handed in now, this loses points: {count} to fix.")
RUNNING = Text("从头运行", "clean run")
_RESTORED = Text("已恢复 {count} 处，原来的文件在 {backup}：", "Restored {count}; the file as it was is {backup}:")
_NOTHING = Text("没有要恢复的，文件没有动。", "There is nothing to restore; the file was left as it is.")
_COST, _MEND = Text("为什么：", "Why: "), Text("怎么办：", "Do: ")


def show(console: Console, checked: Checked, notebook: Notebook | None, fixing: bool = False) -> None:
    """Show the table of exercises, then everything that was found, what costs points first."""
    if notebook:
        console.print(Words(f"{notebook.release.master.assignment}  {notebook.path}", style="bold"), soft_wrap=True)
        console.print(_table(checked.scores))
    losing = [finding for finding in checked.findings if finding.loses]
    others = [finding for finding in checked.findings if not finding.loses]
    for title, mark, style, findings in ((_COSTS, "✗", "bold red", losing), (_HARMLESS, "!", "bold", others)):
        if findings:
            console.print(Words(f"\n{title}", style=style))
            for alike in _alike(findings):
                console.print(_finding(alike, mark, style, console.width - 3))
    console.print()
    restorable = sum(finding.problem.restorable for finding in checked.findings)
    if losing:
        console.print(Words(f"✗ {_LOSES.format(count=len(losing))}", style="bold red"))
    else:
        console.print(Words(f"✓ {_GOOD}", style="bold green"))
    if restorable and not fixing:
        console.print(Words(str(_FIXABLE.format(count=restorable))))


def show_fixed(console: Console, restored: Sequence[Finding], backup: Path | None) -> None:
    """Say what `--fix` did."""
    if backup is None:
        console.print(Words(str(_NOTHING)))
        return
    console.print(Words(str(_RESTORED.format(count=len(restored), backup=backup.name)), style="bold green"))
    for finding in restored:
        console.print(_item("✓", "green", Words.assemble((where(finding), "bold"), "  ", str(finding.what))))
    console.print()


def _table(scores: Sequence[Score]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False)
    known = [score for score in scores if score.points is not None]
    earned, most = sum(score.points or 0 for score in known), sum(score.most for score in known)
    table.add_column(str(_EXERCISE), footer=str(_TOTAL))
    table.add_column(str(_POINTS), footer=f"{earned:g} / {most:g}", justify="right", no_wrap=True)
    table.add_column(str(_SAYS))
    for score in scores:
        points = "—" if score.points is None else f"{score.points:g}"
        table.add_row(score.title, f"{points} / {score.most:g}", says(score))
    return table


def says(score: Score) -> Words:
    """What the check of an exercise says, in a few words."""
    if score.points is None:
        return Words(str(_HIDDEN if score.hidden else _BY_HAND))
    if score.full:
        return Words(str(_RIGHT), style="green")
    names = [str(_NOT_YET if name == NOT_WRITTEN else named(score.name, name).title) for name in score.says]
    return Words(f"✗ {', '.join(names) or (_FAILS if score.ran else _NO_REPORT)}", style="red")


def _alike(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings, those that say the same together."""
    found: dict[tuple[Text, Text, Text], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.what, finding.why, finding.mend), []).append(finding)
    return list(found.values())


def _finding(alike: Sequence[Finding], mark: str, style: str, width: int) -> RenderableType:
    finding = alike[0]
    told = (str(finding.what), f"{_COST}{finding.why}", f"{_MEND}{finding.mend}")
    lines = Group(*(Words(where(each), style="bold") for each in alike),
                  *(Words(line) for words in told for line in wrap(words, width)))
    return Padding(_item(mark, style, lines), (0, 0, 1, 0))


def _item(mark: str, style: str, what: RenderableType) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Words(mark, style=style), what)
    return grid


def where(finding: Finding) -> str:
    """The cell that a finding is about."""
    place = finding.place
    if not place.number and not place.title:
        return str(_WHOLE)
    cell = _CELL.format(number=place.number) if place.number else _GONE
    return f"{cell} · {place.title}" if place.title else str(cell)
