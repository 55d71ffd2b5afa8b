"""What a course needs: fonts, room, its folder, its gradebook, its key."""

import os
import shutil
import sqlite3
import stat
from pathlib import Path
from typing import Any

from d2l_ch3.grading.doctor.lines import Found, check, off, on, weaker
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import Limits

GIB = 1024 ** 3
ENOUGH_DISK, LEAST_DISK = 1, 0.1  # GiB


@check("中文字体", "Chinese font")
def font(course: Path) -> Found:
    """For labels in pictures."""
    from d2l_ch3.show.fonts import chinese_font

    family = chinese_font()
    if family:
        return on(family)
    return weaker(Text("没有：图上的汉字会变成方框", "none: Chinese labels in pictures turn into boxes"),
                  Text(*["pip install zhplot"] * 2))


@check("磁盘", "disk")
def disk(course: Path) -> Found:
    """Room for graded notebooks."""
    free = shutil.disk_usage(course).free / GIB
    amount = Text(f"课程文件夹里还有 {free:.1f} GiB", f"{free:.1f} GiB free in the course's folder")
    if free >= ENOUGH_DISK:
        return on(*amount)
    mend = Text(f"至少留出 {ENOUGH_DISK} GiB", f"have {ENOUGH_DISK} GiB free")
    return weaker(amount, mend) if free >= LEAST_DISK else off(amount, mend)


@check("内存", "memory", linux=True)
def memory(course: Path) -> Found:
    """Room for what notebooks may use, their files in memory included."""
    of = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
    free, most = int(of["MemAvailable"].split()[0]) * 1024, Limits().memory + Limits().scratch
    amount = Text(f"可用 {free / GIB:.1f} GiB；一份作业最多用 {most / GIB:.2f} GiB",
                  f"{free / GIB:.1f} GiB available; a notebook may use {most / GIB:.2f} GiB")
    jobs = min(free // most, os.cpu_count() or 1)
    if jobs < (os.cpu_count() or 1):
        return weaker(amount, Text(f"用 --jobs {max(jobs, 1)}", f"use --jobs {max(jobs, 1)}"))
    return on(*amount)


@check("课程文件夹", "course folder", linux=True)
def folder(course: Path) -> Found:
    """Whether it is a course, and what was handed in can be found."""
    from d2l_ch3.grading.course import CONFIG_FILE

    if not (course / CONFIG_FILE).is_file():
        return off(Text(f"{course} 不是课程：没有 {CONFIG_FILE}", f"{course} is no course: it has no {CONFIG_FILE}"),
                   Text("到课程文件夹里来，或用 --course 指明", "go to the course's folder, or name it with --course"))
    directory = _directory(course)
    submitted = Path(directory.root, directory.submitted_directory)
    if not os.access(course, os.W_OK):
        return off(Text(f"{course} 不能写", f"{course} cannot be written to"),
                   Text(*[f"sudo chown -R $USER {course}"] * 2))
    if not submitted.is_dir():
        return weaker(Text(f"{course}；还没有 {submitted.name}/", f"{course}; there is no {submitted.name}/ yet"),
                      Text("把交上来的作业放进 submitted/<学号>/<作业>/",
                           "put what was handed in into submitted/<student>/<assignment>/"))
    return on(f"{course}", f"{course}")


@check("配置", "configuration", linux=True)
def configuration(course: Path) -> Found:
    """Which files set the gradebook and the course's name, and what is set that cannot be kept."""
    from d2l_ch3.grading.course import config, origin
    from d2l_ch3.grading.settings import REFUSED, REFUSED_FOR_A_CLASS, refused

    directory = _directory(course)
    said = []
    for name, value in (("db_url", ""), ("course_id", f" = {directory.course_id!r}")):
        path = origin(name, course)
        said.append(Text(f"{name}{value} 由 {path} 设定" if path else f"{name} 没有设置",
                         f"{name}{value} is set by {path}" if path else f"{name} is not set"))
    told = Text("；".join(one.zh for one in said), "; ".join(one.en for one in said))
    settings = config(course)
    for grade_too, wanted in ((True, REFUSED), (False, REFUSED_FOR_A_CLASS)):
        if why := refused(settings, wanted):
            joined = Text("；".join(one.zh for one in why), "; ".join(one.en for one in why))
            return (off if grade_too else weaker)(told, joined)
    return on(*told)


@check("语言", "language", linux=True)
def language(course: Path) -> Found:
    """Whether the code of the assignments that were generated is Python."""
    from nbgrader.api import Gradebook
    from sqlalchemy.engine import make_url

    from d2l_ch3.grading.gradebook import masters
    from d2l_ch3.grading.settings import other_languages

    directory = _directory(course)
    url = make_url(directory.db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return on("还没有生成作业", "no assignment was generated yet")
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        found = {name: masters(gradebook, name, Path(directory.format_path(directory.source_directory, ".", name)))
                 for name in (one.name for one in gradebook.assignments if one.notebooks)}
    foreign = {name: why for name, known in found.items() if (why := other_languages(known))}
    if not foreign:
        return on("Python", "Python")
    reasons = [why for several in foreign.values() for why in several]
    return (off if len(foreign) == len(found) else weaker)(
        Text("、".join(foreign), ", ".join(foreign)),
        Text("".join(one.zh for one in reasons), " ".join(one.en for one in reasons)))


@check("成绩册", "gradebook", linux=True)
def gradebook(course: Path) -> Found:
    """Whether it can be opened and written; it is not changed."""
    from sqlalchemy.engine import make_url

    from d2l_ch3.grading.gradebook import first_line

    directory = _directory(course)
    url = make_url(directory.db_url)
    shown = url.render_as_string(hide_password=True)
    mend = Text("恢复备份，或改 nbgrader_config.py 里的 c.CourseDirectory.db_url",
                "restore a backup, or fix c.CourseDirectory.db_url in nbgrader_config.py")
    try:
        _open(Path(url.database or "")) if url.get_backend_name() == "sqlite" else _connect(directory.db_url)
    except Exception as error:
        why = first_line(error)
        return off(Text(f"{shown} 打不开：{why}", f"{shown} does not open: {why}"), mend)
    return on(shown)


def _open(path: Path) -> None:
    """See whether a SQLite file can be written, by the lock that a writer takes first."""
    if not os.access(path.parent, os.W_OK):
        raise OSError(f"the folder {path.parent} cannot be written to")
    if not path.exists():
        return  # nbgrader makes it
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=2, isolation_level=None)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def _connect(url: str) -> None:
    """See whether a database server answers."""
    from sqlalchemy import create_engine, text

    engine = create_engine(url, connect_args={"connect_timeout": 5})
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    finally:
        engine.dispose()


@check("课程的密钥", "the course's key", linux=True)
def key(course: Path) -> Found:
    """Whether the secret that seeds come from is one."""
    from d2l_ch3.grading.course import KEY_FILE

    path = course / KEY_FILE
    if not path.exists():
        return on("第一次批改时生成", "made when something is graded first")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return off(Text(f"别人也能读 {path}", f"others can read {path}"), Text(*[f"chmod 600 {path}"] * 2))
    return on("只有它的主人能读", "only its owner can read it")


def _directory(course: Path) -> Any:
    """nbgrader's idea of the course's folders. Raises CourseError if it is no course."""
    from nbgrader.coursedir import CourseDirectory

    from d2l_ch3.grading.course import config

    return CourseDirectory(config=config(course))


CHECKS = (font, disk, memory, folder, configuration, gradebook, language, key)
