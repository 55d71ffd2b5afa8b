"""What the subcommands that read the gradebook refuse with: a line that names the mend."""

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
