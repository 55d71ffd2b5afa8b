"""The browser itself: what the other tests here rely on."""

from playwright.sync_api import Page


def test_it_has_a_font_with_chinese(page: Page) -> None:
    """Boxes are all equally wide and equal; characters are not the same picture."""
    page.set_content("<canvas></canvas>")
    drawn = page.evaluate("""() => ["层", "块", "\\uffff"].map(character => {
        const canvas = document.createElement("canvas"), context = canvas.getContext("2d")
        context.font = "40px sans-serif"; context.fillText(character, 10, 50)
        return canvas.toDataURL() })""")
    assert len(set(drawn)) == 3
