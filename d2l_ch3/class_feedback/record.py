"""What each page was made from, in a table of our own in nbgrader's gradebook."""

from collections.abc import Iterable

from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, delete, insert, select

from d2l_ch3.class_feedback.pages import Page

PAGES = Table(
    "d2l_ch3_page", MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("notebook", String(128), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("file", String(64), nullable=False))
"""One row a page: what it was made from, and what tells whether the file is still that page."""


def make_table(gradebook: Gradebook) -> None:
    """Make the table if it is not there."""
    PAGES.create(gradebook.engine, checkfirst=True)


def unchanged(gradebook: Gradebook, assignment: str, pages: Iterable[Page]) -> list[Page]:
    """Those of the pages that lie there as they would be made now."""
    known = {(row.student, row.notebook): (row.fingerprint, row.file) for row in gradebook.db.execute(
        select(PAGES).where(PAGES.c.assignment == assignment))}
    return [page for page in pages if known.get((page.student, page.notebook)) == (page.fingerprint, page.file)]


def keep(gradebook: Gradebook, assignment: str, pages: Iterable[Page]) -> None:
    """Remember the pages that were made."""
    for page in pages:
        key = {"assignment": assignment, "student": page.student, "notebook": page.notebook}
        gradebook.db.execute(delete(PAGES).filter_by(**key))
        gradebook.db.execute(insert(PAGES).values(**key, fingerprint=page.fingerprint, file=page.file))
    gradebook.db.commit()
