"""The browser itself: what the other tests here rely on."""

from playwright.sync_api import Page

from d2l_ch3.show.fonts import SYSTEM_FONTS


def test_it_has_a_font_with_chinese(page: Page) -> None:
    page.set_content("<p>层和块</p>")
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    paragraph = tools.send("DOM.querySelector", {"nodeId": root, "selector": "p"})["nodeId"]
    used = tools.send("CSS.getPlatformFontsForNode", {"nodeId": paragraph})["fonts"]
    assert {font["familyName"] for font in used} <= set(SYSTEM_FONTS)
