"""nbgrader's exchange: the folder through which a machine with many users hands out and collects."""

import glob
import logging
from pathlib import Path


def outbound(assignment: str) -> list[Path]:
    """The notebooks of an assignment of that name that instructors released on this machine, in any course."""
    from nbgrader.apps import NbGrader
    from nbgrader.exchange.default import Exchange

    app = NbGrader(log_level=logging.CRITICAL)
    app.load_config_file()
    return sorted(Path(Exchange(config=app.config).root).glob(f"*/outbound/{glob.escape(assignment)}/*.ipynb"))
