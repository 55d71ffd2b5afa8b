"""What the subcommands for instructors refuse with: a line that names the mend."""

import sys
from collections.abc import Callable
from pathlib import Path


def refusing(command: str, course: Path, run: Callable[[], int]) -> int:
    """What `run` returns; if something has to be mended first, say so and return `CANNOT`."""
    from sqlalchemy.exc import SQLAlchemyError

    from d2l_ch3.class_report.class_data import NotThere
    from d2l_ch3.grading.course import CourseError
    from d2l_ch3.grading.gradebook import NoMaster, no_gradebook
    from d2l_ch3.terminal import complain

    try:
        return run()
    except (CourseError, NoMaster, NotThere, OSError) as error:
        return complain(command, error)
    except SQLAlchemyError as error:
        return complain(command, no_gradebook(error, course.resolve()))


def elsewhere(command: str) -> int:
    """Refuse where the engine cannot even be imported, and return `CANNOT`; 0 on Linux."""
    if sys.platform == "linux":
        return 0
    from d2l_ch3.grading.doctor.lines import another_system
    from d2l_ch3.terminal import complain

    _, reason, mend = another_system()
    return complain(command, f"{reason}. {mend}")
