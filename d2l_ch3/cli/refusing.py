"""Ending with a line that names the mend, for the subcommands that read the gradebook."""

import sys
from collections.abc import Callable
from pathlib import Path

from d2l_ch3.language import Text

CANNOT = 2

_NO_GRADEBOOK = Text("成绩册 {url} 打不开：{why}。`d2l-ch3 doctor` 会说怎么修",
                     "the gradebook {url} does not answer, or refuses: {why}. `d2l-ch3 doctor` says how to mend it")


def refusing(command: str, course: Path, run: Callable[[], int]) -> int:
    """What `run` returns; if something has to be mended first, say so and return `CANNOT`."""
    from sqlalchemy.exc import SQLAlchemyError

    from d2l_ch3.class_report.reading import NotThere
    from d2l_ch3.grading.course import CourseError

    try:
        return run()
    except (CourseError, NotThere, OSError) as error:
        why: object = error
    except SQLAlchemyError as error:
        why = no_gradebook(error, course.resolve())
    print(f"d2l-ch3 {command}: {why}", file=sys.stderr)
    return CANNOT


def no_gradebook(error: Exception, root: Path) -> Text:
    """What an error of the course's gradebook means; its address is shown without the password."""
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.engine import make_url

    from d2l_ch3.grading.course import config
    from d2l_ch3.grading.doctor import first_line

    url = make_url(CourseDirectory(config=config(root)).db_url)
    return _NO_GRADEBOOK.format(url=url.render_as_string(), why=first_line(error))
