"""Make the README's pictures out of the screenshots that the browser tests keep in `.shots/`.

    pytest tests/browser
    python -m tools.pictures

They are cut to what matters and have few colours, so that they stay small. The pictures are committed; nothing else
needs this.
"""

import sys

from PIL import Image

from d2l_ch3.language import LANGUAGES
from tools.build import ROOT

SHOTS, IMAGES = ROOT / ".shots", ROOT / "docs" / "images"
WIDTH, COLOURS = 900, 64
Box = tuple[int, int, int, int]
NOTEBOOK: Box = (290, 60, 1248, 870)  # JupyterLab without what is around the notebook

PICTURES: dict[str, tuple[str, Box]] = {
    **{f"chapter-{language}": (f"student/{language}-chapter-2-guessed", NOTEBOOK) for language in LANGUAGES},
    **{f"card-{language}": (f"student/{language}-2-wrong", (290, 60, 1248, 615)) for language in LANGUAGES},
    **{f"report-{language}": (f"report-{language}", (60, 20, 940, 1110)) for language in LANGUAGES},
    "formgrader": ("instructor/6-graded-by-hand", (60, 0, 1220, 680))}
"""The pictures: which screenshot, and left, top, right and bottom of what is shown of it."""


def main() -> None:
    """Write the pictures to docs/images."""
    for name, (shot, box) in PICTURES.items():
        path = SHOTS / f"{shot}.png"
        if not path.exists():
            sys.exit(f"{path} is not there: run `pytest tests/browser` first")
        picture = Image.open(path).convert("RGB").crop(box)
        height = round(picture.height * WIDTH / picture.width)
        picture.resize((WIDTH, height), Image.Resampling.LANCZOS).quantize(COLOURS).save(
            IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
