"""What can be wrong with a notebook, as data: what it is, what it costs, and what to do about it."""

from dataclasses import dataclass, field

from d2l_ch3.language import Text

NOTHING = Text("", "")


@dataclass(frozen=True)
class Problem:
    """One kind of thing that can be wrong.

    `costs` says why points are lost, `harmless` why none are, where that can be. `restorable`: `--fix` mends it.
    """

    key: str
    what: Text
    mend: Text
    costs: Text = NOTHING
    harmless: Text = NOTHING
    restorable: bool = False


@dataclass(frozen=True)
class Place:
    """Where: the number of the cell as a person counts, from 1, or 0 if it is not there; and the heading above it."""

    number: int = 0
    title: str = ""


@dataclass(frozen=True)
class Finding:
    """A problem found in a notebook, and whether it costs points."""

    problem: Problem
    loses: bool
    place: Place = field(default=Place())
    details: dict[str, object] = field(default_factory=dict)

    @property
    def what(self) -> Text:
        """What is wrong."""
        return self.problem.what.format(**self.details)

    @property
    def why(self) -> Text:
        """What it costs, or why nothing."""
        return (self.problem.costs if self.loses else self.problem.harmless).format(**self.details)

    @property
    def mend(self) -> Text:
        """What to do about it."""
        return self.problem.mend.format(**self.details)


READABLE = 64 << 20
"""A larger file is not searched for marks of a merge conflict."""

_FIX = Text("用 --fix 恢复，你的答案不会动。", "--fix restores it; your answers stay as they are.")
_PUT_BACK = Text("批改时会换回原来的，不扣分；不过你自己看到的检查结果就不准了。",
                 "The grader puts the original back, so it costs nothing; but what the check tells you is not what "
                 "the grader will see.")
_AS_RELEASED = Text("批改时以发下来的为准，不扣分。", "The grader goes by the release, so it costs nothing.")
_ENDS_CELL = Text("单元格到这一行就停了，后面要的名字没有定义。",
                  "The cell stops at that line, and names that are needed later are never defined.")
_NOT_NEEDED = Text("这个单元格停在这里，别的照常批改；没有检查要用到它。",
                   "This cell stops there and all others are graded; no check needs it.")

# The file.

REJECTED = Problem(
    "rejected", Text("{reason}", "{reason}"),
    costs=Text("读不出来的作业，整份是 0 分。", "What cannot be read gets no points at all."),
    mend=Text("这个文件我没有动。有 .ipynb_checkpoints 里的副本或备份，就用它；"
              "没有就从发下来的那份重新开始，把答案抄过去。",
              "The file was left as it is. Use the copy in .ipynb_checkpoints or a backup if there is one, or start "
              "from the release and copy your answers over."))
CONFLICT = Problem(
    "merge-conflict", Text("第 {line} 行有 git 合并冲突的标记（<<<<<<<），文件不再是完整的笔记本。",
                           "Line {line} holds git's mark of a merge conflict (<<<<<<<): this is no whole notebook."),
    costs=REJECTED.costs,
    mend=Text("在两个版本里选一个：`git checkout --ours {name}` 或 `git checkout --theirs {name}`，再检查一次。",
              "Choose one of the two versions with `git checkout --ours {name}` or `git checkout --theirs {name}`, "
              "then check again."))
FILE_NAME = Problem(
    "file-name", Text("文件叫 {name}，应当叫 {expected}。", "The file is called {name}; it should be {expected}."),
    costs=Text("旁边还有别的笔记本（{others}），批改时按名字找，哪一份也不算。",
               "There are other notebooks beside it ({others}): the grader cannot tell which counts, so none does."),
    harmless=Text("别的文件都不会是它，批改时找得到；别的系统不一定。",
                  "No other file can be meant, so the grader finds it; other systems may not."),
    mend=Text("交之前改名为 {expected}。", "Rename it to {expected} before you hand it in."))
FOLDER_NAME = Problem(
    "folder-name", Text("文件夹叫 {name}，这份习题的应当叫 {expected}。",
                        "The folder is called {name}; this problem set's is {expected}."),
    harmless=Text("只交文件，没有关系；交整个文件夹，就要用对名字。",
                  "If you hand in the file alone, it does not matter; if the folder, it must have that name."),
    mend=Text("交整个文件夹时，把它改名为 {expected}。", "If you hand in the folder, rename it to {expected}."))
KERNEL = Problem(
    "kernel", Text("笔记本选的内核是 {name}，课程用的是 {expected}。",
                   "The notebook asks for the kernel {name}; the course uses {expected}."),
    harmless=Text("批改时总用课程的内核，不扣分；Validate 按钮要用的内核，别的机器上多半没有。",
                  "The grader always uses the course's, so it costs nothing; but Validate looks for a kernel that "
                  "other machines probably lack."),
    mend=_FIX, restorable=True)
IDS = Problem(
    "cell-ids", Text("第 {cells} 个单元格的 id 相同：多半是复制出来的。",
                     "Cells {cells} have the same id: copies, probably."),
    harmless=Text("批改时会另编，不扣分；有的程序会拒绝打开这样的文件。",
                  "The grader gives them new ones, so it costs nothing; some programs refuse such a file."),
    mend=_FIX, restorable=True)
FORMAT = Problem(
    "format", Text("文件的格式旧了，或者有不合规范的地方（{why}）。",
                   "The file's format is old, or it is not quite valid ({why})."),
    harmless=Text("批改时读得出来，不扣分；JupyterLab 打开时可能会抱怨。",
                  "The grader can read it, so it costs nothing; JupyterLab may complain."),
    mend=Text("用 --fix 整理成现在的格式。", "--fix brings it into the present format."), restorable=True)

# Cells that came with the release.

TEST_DELETED = Problem("test-deleted", Text("这道题的检查单元格不见了。",
                                            "The check of this exercise is gone."),
                       harmless=Text("批改时会补上，不扣分；但你看不到它说什么。",
                                     "The grader puts it back, so it costs nothing; but you cannot see what it says."),
                       mend=_FIX, restorable=True)
TEST_EDITED = Problem("test-edited", Text("这道题的检查单元格被改过。",
                                          "The check of this exercise was edited."),
                      harmless=_PUT_BACK, mend=_FIX, restorable=True)
LOCKED_DELETED = Problem("locked-deleted", Text("发下来的题目单元格不见了。",
                                                "A locked cell of this exercise is gone."),
                         harmless=_AS_RELEASED, mend=_FIX, restorable=True)
LOCKED_EDITED = Problem("locked-edited", Text("锁定的题目单元格被改过。", "A locked cell of this exercise was edited."),
                        harmless=_AS_RELEASED, mend=_FIX, restorable=True)
OTHER_RELEASE = Problem(
    "other-release",
    Text("这里没有改过，但和现在发下来的不一样：你的笔记本多半是旧版（{names}）。",
         "You did not edit this, and yet it differs from the present release: your notebook is probably from an "
         "older one ({names})."),
    harmless=Text("批改时以现在的为准。题目可能变了，请再读一遍。",
                  "The grader goes by the present one. Read the exercises again: they may have changed."),
    mend=Text("用 --fix 换成现在的，你的答案不会动。", "--fix brings them up to date; your answers stay as they are."),
    restorable=True)
UNKNOWN = Problem(
    "unknown-cells", Text("现在发下来的里面没有这些单元格：{names}。它们来自旧版，或者另一种语言的那份。",
                          "The present release has no such cells: {names}. They are from an older one, or from the "
                          "edition in another language."),
    harmless=Text("批改时当作你自己加的单元格，不计分。",
                  "The grader takes them for cells of your own, without points."),
    mend=Text("用 --fix 把它们变成普通的单元格，内容不动。",
              "--fix turns them into ordinary cells and keeps what they hold."),
    restorable=True)
ANSWER_DELETED = Problem(
    "answer-deleted", Text("这道题的答题单元格不见了。",
                           "The answer cell of this exercise is gone."),
    costs=Text("没有答案，这道题是 0 分。", "Without an answer this exercise gets no points."),
    mend=Text("用 --fix 放回空的答题单元格，把答案写进去。",
              "--fix puts the empty answer cell back; write your answer there."),
    restorable=True)
ELSEWHERE = Problem(
    "answer-elsewhere", Text("这道题的答案写在没有 nbgrader 记号的单元格里。",
                             "The answer stands in a cell without nbgrader's marks."),
    harmless=Text("批改时会从那里取来，不扣分；别的系统找不到。",
                  "The grader takes it from there, so it costs nothing; other systems would miss it."),
    mend=Text("用 --fix 把那个单元格变成答题单元格。", "--fix makes that cell the answer cell."), restorable=True)
MOVED = Problem("test-moved", Text("检查单元格跑到答案前面去了。",
                                   "The check stands before its answer."),
                harmless=Text("批改时会移回去，不扣分；但在你这里它检查不到答案。",
                              "The grader moves it back, so it costs nothing; but for you it cannot see the answer."),
                mend=_FIX, restorable=True)
DUPLICATED = Problem(
    "duplicated", Text("{name} 有好几份：第 {cells} 个单元格。", "{name} is there more than once: cells {cells}."),
    harmless=Text("答案以最后写的一份为准，前面的当作普通单元格。确认最后一份就是你要交的。",
                  "The last one written counts, those before it are ordinary cells. Make sure that it is the one "
                  "you mean."),
    mend=Text("用 --fix 只留一份有记号的；多余的答案变成普通单元格，一个字也不删。",
              "--fix leaves the marks on one of them; other answers become ordinary cells and lose nothing."),
    restorable=True)
TYPE = Problem("cell-type", Text("单元格的类型被改过（应当是 {expected}）。",
                                 "The cell was turned into another type (it should be {expected})."),
               harmless=Text("批改时会改回来，不扣分。", "The grader turns it back, so it costs nothing."),
               mend=_FIX, restorable=True)
MARKS = Problem(
    "marks", Text("nbgrader 认单元格的记号没有了，或者被改过：第 {cells} 个单元格。",
                  "nbgrader's marks are gone or were changed: cells {cells}."),
    harmless=Text("批改时按编号和内容认出来了，不扣分；别的系统认不出。",
                  "The grader knew them by id and content, so it costs nothing; other systems would not."),
    mend=_FIX, restorable=True)
SETUP_GONE = Problem(
    "setup-gone", Text("发下来的代码有一个单元格不见了，而它定义的 {names} 还要用。",
                       "A cell of the code that came with the notebook is gone, and {names} are still used."),
    costs=Text("没有它，从头运行时后面的单元格几乎都会出错。",
               "Without it almost every cell after it fails in a clean run."),
    mend=Text("用 --fix 放回去。", "--fix puts it back."), restorable=True)

# Answers.

STUB = Problem("stub", Text("这道题还没有写。", "This exercise is not written yet."),
               costs=Text("空着是 0 分，写一部分也有分。", "Empty it gets nothing; a part of it gets points too."),
               mend=Text("写下答案，删掉 `raise NotImplementedError`。",
                         "Write the answer and delete `raise NotImplementedError`."))
PART_STUB = Problem(
    "part-stub", Text("答案里还留着 `raise NotImplementedError`（第 {line} 行）。检查给了 {points:g} / {most:g} 分。",
                      "`raise NotImplementedError` is still in the answer (line {line}). The check gives "
                      "{points:g} of {most:g} points."),
    costs=Text("走到这一行就出错。", "What reaches that line fails."),
    mend=Text("把这一部分写完。", "Write that part too."))
UNWRITTEN = Problem("unwritten", Text("文字题还没有写。", "The written exercise is empty."),
                    costs=Text("空着，老师没有东西可以给分。", "There is nothing for a person to give points to."),
                    mend=Text("双击它，用自己的话写几句。", "Double-click it and write a few sentences of your own."))
WRONG = Problem("wrong", Text("检查给了 {points:g} / {most:g} 分。{diagnosis}",
                              "The check gives {points:g} of {most:g} points. {diagnosis}"),
                costs=Text("批改用的是同样的检查。", "The grader uses the same check."),
                mend=Text("在笔记本里运行检查看卡片；卡住了就运行 `checks.{hint}.hint()`。",
                          "Run the check in the notebook and read its card; stuck? `checks.{hint}.hint()`."))
TEST_FAILS = Problem("test-fails", Text("检查单元格出错：{error}。", "The test fails: {error}."),
                     costs=Text("这道题因此没有满分。", "So the exercise does not get full points."),
                     mend=Text("先修好答案，再从头运行一遍。", "Fix the answer, then run everything from the start."))
NOT_DEFINED = Problem(
    "not-defined", Text("检查要用 `{name}`，但没有单元格定义它。", "The check needs `{name}`, but no cell defines it."),
    costs=Text("找不到名字，这道题是 0 分。", "Without that name the exercise gets nothing."),
    mend=Text("名字要和题目里的一模一样；是不是改过名？", "The name must be the one in the exercise; was it renamed?"))

# What happens when it runs.

OUT_OF_ORDER = Problem(
    "out-of-order", Text("这里要用 `{name}`，它到第 {later} 个单元格才定义。{evidence}",
                         "`{name}` is needed here, but only cell {later}, further down, defines it.{evidence}"),
    costs=Text("批改从上到下运行，走到这里还没有这个名字。",
               "The grader runs from top to bottom: the name is not there yet."),
    harmless=_NOT_NEEDED,
    mend=Text("把第 {later} 个单元格移到前面，再用“重启内核并运行所有单元格”试一遍。",
              "Move cell {later} up, then try “Restart Kernel and Run All Cells”."))
NAME_GONE = Problem(
    "name-gone", Text("这里要用 `{name}`，但没有单元格定义它。{evidence}",
                      "`{name}` is needed here, but no cell defines it.{evidence}"),
    costs=Text("批改用的是全新的内核，没有以前留下的名字。",
               "The grader starts a fresh kernel, without names left from before."),
    harmless=_NOT_NEEDED,
    mend=Text("把定义它的代码写回去；或者是名字写错了？",
              "Write the code that defines it again; or is it a typo?"))
FORGOTTEN = Problem(
    "name-forgotten", Text("这里要用 `{name}`，第 {earlier} 个单元格定义过它，运行到这里却没有了。",
                           "`{name}` is needed here. Cell {earlier} was to define it, and yet it is not there."),
    costs=Text("找不到名字，单元格就停在这里。", "Without the name, the cell stops."),
    harmless=_NOT_NEEDED,
    mend=Text("中间有没有 `%reset` 或 `del`？定义它的那一行真的运行到了吗？",
              "Is there a `%reset` or a `del` in between? Is the line that defines it really reached?"))
FILE_MISSING = Problem(
    "file-missing", Text("运行时找不到文件 {file}。", "A file is not found: {file}."), costs=_ENDS_CELL,
    harmless=_NOT_NEEDED,
    mend=Text("批改时只有笔记本所在文件夹里的普通文件（不跟随链接，一共不超过 {most} MiB）。"
              "把文件放进来，一起交，用相对路径打开。",
              "Only ordinary files in the notebook's own folder are there (no links, {most} MiB in all). Put the file "
              "there, hand it in too, and open it by a relative path."))
OWN_PATH = Problem(
    "own-path", Text("用到了你自己机器上的路径：{path}。", "This is a path of your own machine: {path}."),
    harmless=_NOT_NEEDED,
    costs=Text("批改的机器上没有它，走到这里会出错。",
               "The grader's machine does not have it, so this line fails there."),
    mend=Text("把文件放在笔记本旁边，一起交，用相对路径（比如 \"{name}\"）打开。",
              "Put the file beside the notebook, hand it in too, and open it by a relative path (\"{name}\")."))
PACKAGE = Problem(
    "package", Text("导入了 {name}，它不是课程安装的包。",
                    "{name} is imported, which is not among the course's packages."),
    harmless=_NOT_NEEDED,
    costs=Text("批改的机器上多半没有它，导入的那个单元格会停在那里。",
               "The grader's machine probably lacks it; the cell that imports it stops there."),
    mend=Text("只用标准库、torch、numpy 和 matplotlib；用不到就删掉这一行。",
              "Use the standard library, torch, numpy and matplotlib; delete the line if nothing needs it."))
PACKAGE_MISSING = Problem(
    "package-missing", Text("导入 {name} 失败：这里没有这个包。",
                            "Importing {name} fails: there is no such package here."),
    costs=_ENDS_CELL, harmless=_NOT_NEEDED,
    mend=Text("名字写对了吗？自己的模块要放在笔记本旁边一起交。",
              "Is it spelled correctly? A module of your own belongs beside the notebook and is handed in with it."))
INPUT = Problem("input", Text("调用了 `input()`。", "`input()` is called."),
                costs=Text("批改时没有人来输入，单元格会停在这里。",
                           "Nobody answers while it is graded: the cell stops there."),
                harmless=_NOT_NEEDED, mend=Text("把值直接写在代码里。", "Write the value into the code."))
TOO_SLOW = Problem(
    "too-slow", Text("单元格跑了 {limit:g} 秒还没有完，被打断了。",
                     "The cell was interrupted after {limit:g} s, before it ended."),
    costs=Text("批改时每个单元格最多 {limit:g} 秒，没跑完的部分等于没有。",
               "A cell has {limit:g} s when it is graded; what does not get done is missing."),
    harmless=_NOT_NEEDED,
    mend=Text("是不是死循环？训练和实验少跑几步，或者交之前删掉。",
              "An endless loop? Take fewer steps in trainings and experiments, or delete them before you hand in."))
SLOW = Problem(
    "slow", Text("单元格用了 {seconds:.0f} 秒，最多 {limit:g} 秒。",
                 "The cell took {seconds:.0f} s of at most {limit:g} s."),
    harmless=Text("现在不扣分，但批改的机器可能慢一些。",
                  "It costs nothing now, but the grader's machine may be slower."),
    mend=Text("少跑几步，留些余地。", "Take fewer steps, to be on the safe side."))
OUT_OF_TIME = Problem(
    "out-of-time", Text("整份笔记本跑了 {limit:g} 秒还没有完，从这里起没有运行。",
                        "After {limit:g} s the notebook was not through; from here on nothing was run."),
    costs=Text("批改时整份最多 {limit:g} 秒，后面的题没有分。",
               "A notebook has {limit:g} s when it is graded; what comes after gets no points."),
    mend=Text("前面哪些单元格慢？少跑几步，或者交之前删掉。",
              "Which cells above are slow? Take fewer steps, or delete them before you hand in."))
DIED = Problem(
    "kernel-died", Text("运行到这个单元格，内核死了。", "The kernel died in this cell."),
    costs=Text("批改时这个单元格等于没有。",
               "For the grader it is as if this cell were not there."), harmless=_NOT_NEEDED,
    mend=Text("常见的原因：内存用光、`os._exit`、无穷递归。先用小一点的数据试。",
              "Usual causes: out of memory, `os._exit`, recursion without end. Try it with less data first."))
RAISES = Problem(
    "raises", Text("从头运行时出错：{error}。", "It fails in a clean run: {error}."), costs=_ENDS_CELL,
    harmless=_NOT_NEEDED,
    mend=Text("用“重启内核并运行所有单元格”重现它，修好，或者删掉这个单元格。",
              "See it with “Restart Kernel and Run All Cells”; fix it, or delete the cell."))
STDERR = Problem(
    "stderr", Text("检查时有警告写到了 stderr。", "Something was written to stderr while this was tested."),
    harmless=Text("这里不扣分；别处的 nbgrader 会因此给 0 分。",
                  "It costs nothing here; nbgrader elsewhere gives no points then."),
    mend=Text("消除引起警告的原因。", "Fix what causes the warning."))
MUCH_OUTPUT = Problem(
    "much-output", Text("单元格输出了 {size:.0f} MiB。", "The cell puts out {size:.0f} MiB."),
    harmless=Text("超过 {most} MiB 的部分批改时不保留，不扣分。",
                  "What is over {most} MiB is not kept; it costs nothing."),
    mend=Text("少打印一些。", "Print less."))
CONFLICT_IN_CELL = Problem(
    "conflict-in-cell", Text("单元格里有合并冲突的标记（{mark}）。",
                             "There are marks of a merge conflict in the cell ({mark})."),
    costs=Text("这样的代码运行不了。", "Such code does not run."),
    harmless=Text("只是文字，不影响运行，但老师会看到。", "It is only text and nothing fails, but it will be read."),
    mend=Text("选好要哪一边，删掉三行标记。", "Choose a side and delete the three marks."))
