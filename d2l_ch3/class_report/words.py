"""The words of the report, on the page and in the terminal."""

from d2l_ch3.language import Text


def students(count: int) -> Text:
    """So many students."""
    return Text(f"{count} 人", f"{count} student{'' if count == 1 else 's'}")


TITLE = Text("{assignment} 全班报告", "{assignment}: class report")
SUMMARY = Text("{students}，中位数 {median:g}/{reachable:g} 分；", "{students}, median {median:g}/{reachable:g}; ")
MOST_COMMON = Text("最常见的误解：", "most common misconception: ")
HAVE_IT = Text("（{students}）。", " ({students}).")
NO_BELIEF = Text("没有发现误解。", "no misconception was found.")
NOT_INCLUDED = Text("文字题 {names} 还有答案等人批改（{count} 份），所以没有算进总分，也没有当成 0 分。",
                    "Answers to the written {names} wait for a person (there are {count}): it is not in the totals, "
                    "and does not count as zero.")
UNGRADED = Text("还有交了但没有批改的（{students}）：运行 `d2l-ch3 grade {assignment}`。",
                "Handed in but not graded yet: {students}. Run `d2l-ch3 grade {assignment}`.")
CONTENTS = Text("目录", "Contents")

POINTS = Text("分数分布", "Points")
POINTS_ALT = Text("分数分布直方图。{bins}", "Histogram of the points. {bins}")
BIN = Text("{low:g} 到 {high:g} 分：{count} 人", "{low:g} to {high:g} points: {count}")
POINTS_AXIS = Text("总分（满分 {reachable:g}）", "points (of {reachable:g})")
STUDENTS = Text("人数", "students")
MEDIAN = Text("中位数 {median:g}", "median {median:g}")
POINTS_NOTE = Text("迟交的扣分和附加分不算在内：这里看的是会不会。",
                   "Penalties for lateness and extra credit are left out: this is about what students can do.")

EXERCISES = Text("每道题做得怎样", "Exercise by exercise")
EXERCISES_ALT = Text("每道题的得分情况，数字见下表", "How each exercise went; the table below has the numbers")
EXERCISES_CAPTION = Text("每道题：人数和平均得分", "Each exercise: numbers of students and mean share of the points")
SHARE_AXIS = Text("占学生的百分比", "percent of the students")
EXERCISE = Text("题目", "exercise")
MAXIMUM = Text("满分", "points")
FULL = Text("全对", "full")
PARTIAL = Text("部分", "partial")
NONE = Text("零分", "none")
NOT_TRIED = Text("没动", "not tried")
WAITING = Text("待批", "waiting")
SHARE = Text("平均", "mean")
WRITTEN = Text("文字题", "written")

BELIEFS = Text("误解排行", "Misconceptions")
BELIEFS_ALT = Text("最常见的误解：{list}", "The most common misconceptions: {list}")
BELIEFS_NOTE = Text("片段来自学生的答案，去掉了注释和说明文字，按统一格式重排，学号和姓名已涂去。",
                    "The excerpts are from students' answers: without comments and docstrings, laid out anew, with "
                    "ids and names crossed out.")
SYMPTOM = Text("只是现象", "symptom only")
COUNT = Text("{students}（{share:.0%}）", "{students} ({share:.0%})")
IN_EXERCISES = Text("见于 {exercises}", "in {exercises}")
EXCERPT = Text("{key} 的例子 {number}", "{key}, excerpt {number}")
NO_EXCERPT = Text("没有能显示的片段。", "There is no excerpt that could be shown.")
BELIEF = Text("误解", "misconception")
WHERE = Text("题目", "exercises")

SEPARATION = Text("哪些题区分强弱", "What separates strong from weak")
SEPARATION_NOTE = Text(
    "这个数是一道题的得分和其余各题总分的相关系数。接近 1：别的题好的人，这题也好；接近 0："
    "这题的得分和别的题没有关系（太难、太容易，或者考的是另一回事）；小于 0：反过来了，看看题目是不是有歧义。"
    "不到 {enough} 人就不下结论，因为多半是偶然。",
    "The number is the correlation of an exercise's points with the points of all the others. Near 1: who is good "
    "elsewhere is good here. Near 0: it has nothing to do with the rest (too hard, too easy, or about something else). "
    "Below 0: the wrong way round; is the exercise ambiguous? With fewer than {enough} students nothing is said, since "
    "it would mostly be chance.")
SEPARATION_CAPTION = Text("每道题与其余各题的相关", "Each exercise's correlation with the rest")
CORRELATION = Text("相关系数", "correlation")
MEANS = Text("说明", "meaning")
TOO_FEW = Text("这次只有 {students}，所以不下结论。", "This time there are only {students}, so nothing is said.")

TALK = Text("该聊一聊的学生", "Students who need a word")
TALK_CAPTION = Text("学生和理由", "Student and reason")
STUDENT = Text("学号", "student")
REASON = Text("理由", "reason")
NOBODY = Text("没有。", "Nobody.")
ONLY_COUNT = Text("{students}。", "{students}.")
AND_MORE = Text("……还有 {students}，都在网页里", "… and {students} more, on the page")

TO_LOOK_AT = Text("要留意的提交", "Submissions to look at")
REJECTED = Text("读不了，没有批改", "could not be read, not graded")
REJECTED_CAPTION = Text("读不了的提交和原因", "What could not be read, and why")
LOOK_CAPTION = Text("提交的情况", "What became of submissions")
KIND = Text("情况", "what")
WHO = Text("谁", "who")
LATE = Text("迟交", "late")
REPAIRED = Text("改动了不该改的单元格，已换回原来的", "changed cells that are not to be changed; they were put back")
INSIDE = Text("有的题在学生自己的进程里判分", "exercises decided in the student's own process")
UNPROTECTED = Text("批改时没有隔离", "graded without isolation")
NOT_GRADED = Text("交了但没有批改", "handed in, not graded")

COMMA, SEMICOLON = Text("、", ", "), Text("；", "; ")

WRITTEN_TO = Text("网页 {path}", "page {path}")
