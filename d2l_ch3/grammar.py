"""The grammar of URLs that jsonschema compiles when nbformat imports it: a second at each start."""

import sys


def leave_out() -> None:
    """Keep it from being compiled; it is for a format that no notebook has."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
