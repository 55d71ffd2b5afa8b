"""The formgrader page, as a person uses it."""

import re

from playwright.sync_api import Locator, Page, expect


def row(page: Page, words: str) -> Locator:
    """The row of a table that has a cell of these words."""
    return page.locator("tbody tr").filter(has=page.locator("td").get_by_text(words, exact=True))


def press(page: Page, button: Locator) -> str:
    """Press a button of a table; returns what the message says that comes up when it is done."""
    button.click()
    message = page.locator(".modal.in")
    expect(message.locator(".modal-title")).to_have_text(re.compile("Success|Error"))
    words = message.inner_text()
    message.get_by_role("button", name="OK").click()
    expect(page.locator(".modal, .modal-backdrop")).to_have_count(0)
    return words
