"""What builds and shows the course; nothing here is installed with the package."""

import os
import sys
from pathlib import Path

# nbgrader starts `alembic` by name: it must be found where this Python's scripts are,
# also when the environment was not activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
