"""What a program says that a test started and has heard enough of."""

import threading
from typing import IO


def drain(stream: IO[str]) -> None:
    """Read on in the background, so that a full pipe stops nobody, and close the pipe at its end."""
    def read() -> None:
        with stream:
            stream.read()

    threading.Thread(target=read, daemon=True).start()
