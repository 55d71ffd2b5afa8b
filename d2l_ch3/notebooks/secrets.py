"""What of a master's cell students do not get: hidden tests and mark schemes, by nbgrader's own rules and settings."""

from nbformat.notebooknode import NotebookNode, from_dict
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from traitlets.config import Config


class Secrets:
    """Takes them out as `nbgrader generate_assignment` does, with the delimiters that the course has set."""

    def __init__(self, config: Config | None = None) -> None:
        self._tests = ClearHiddenTests(config=config)
        self._schemes = ClearMarkScheme(config=config)
        self._schemes.check_attachment_leakage = False

    def take_out(self, cell: NotebookNode) -> bool:
        """Take them out of a cell; returns whether there were hidden tests. Raises RuntimeError if one does not end."""
        hidden = self._tests._remove_hidden_test_region(cell)
        self._schemes._remove_mark_scheme_region(cell)
        return bool(hidden)

    def without(self, source: str) -> str:
        """A source as students have it; all of it if something begins and does not end: so nothing was released."""
        cell = from_dict({"source": source})
        try:
            self.take_out(cell)
        except RuntimeError:
            return source
        return str(cell.source)
