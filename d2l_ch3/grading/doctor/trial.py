"""The last word: a student's process is started, and tries what it should not be able to do."""

import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from d2l_ch3.grading.doctor.lines import Found, check, off, on
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import Limits

RUN_HERE = 10.0  # seconds that a cell of the trial may take


@check("隔离", "isolation", linux=True)
def trial(course: Path) -> Found:
    """Start a student's process and see from inside what it can do."""
    from d2l_ch3.grading.request import IsolationError, Request

    try:
        broken = broken_promises(course, Request(Limits()))
    except (IsolationError, OSError) as error:
        return off(Text(f"学生的进程关不起来：{error}", f"a student's process cannot be shut in: {error}"),
                   Text("先修好上面标着“关”的几项", "mend what is off above"))
    if broken:
        names = Text("、".join(name.zh for name in broken), ", ".join(name.en for name in broken))
        return off(Text("试过了，没关住：{names}", "tried, and it does not hold: {names}").format(names=names),
                   Text("先修好上面的几项；都是开的话，请报告这个错误",
                        "mend what is not on above; if all is on, report this as a bug"))
    return on("试过了：读不到课程，连不上网，是 1 号进程，写不出自己的文件夹",
              "tried: cannot read the course or reach the network, is process 1, writes nowhere but in its own folder")


def broken_promises(course: Path, request: Any) -> list[Text]:
    """What a student's process can do here that it should not be able to do."""
    from d2l_ch3.grading.engine import Run
    from d2l_ch3.grading.process import Process
    from d2l_ch3.grading.zygote import Zygote

    zygote = Zygote.start([course], preload=())
    try:
        with tempfile.NamedTemporaryFile(dir=course, prefix=".d2l-ch3-canary-") as canary, \
                socket.create_server(("127.0.0.1", 0)) as server, Process(zygote, request) as process:
            canary.write(b"canary")
            canary.flush()
            cells = _cells(canary.name, server.getsockname())
            return [name for name, cell in cells if not process.ask(Run(cell).message(), RUN_HERE).message.get("ok")]
    finally:
        zygote.stop()


def _cells(canary: str, server: tuple[str, int]) -> list[tuple[Text, str]]:
    """Cells that raise an exception if they can do what they should not."""
    forbidden = "import os, socket\ntry:\n    {}\nexcept OSError:\n    pass\nelse:\n    raise SystemError('it can')"
    folders = ("/", "/usr", "/etc", sys.prefix, str(Path(canary).parent))
    return [
        (Text("能读课程的文件", "reads the course"), forbidden.format(f"open({canary!r}).read()")),
        (Text("连得上网络", "reaches the network"),
         forbidden.format(f"socket.create_connection({server!r}, 1)")),
        (Text("不是 1 号进程", "is not process 1"), "import os\nassert os.getpid() == 1"),
        (Text("不能写自己的文件夹", "cannot write in its own folder"), "open('mine.txt', 'w').close()"),
        *((Text(f"能写 {folder}", f"writes in {folder}"), forbidden.format(
            f"open({name!r}, 'x').close()\n    os.remove({name!r})"))
          for folder in folders for name in [os.path.join(folder, "d2l-ch3-trial")])]


CHECKS = (trial,)
