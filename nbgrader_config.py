"""nbgrader's configuration, the only one: every `nbgrader` command run from this folder reads it.

The edition that students get is one setting: Chinese, or English with `EDITION=en` in the environment.
"""

import os
import sys
import warnings

from nbconvert.preprocessors import TagRemovePreprocessor
from nbgrader.converters import GenerateAssignment
from sqlalchemy.exc import SAWarning

# nbgrader looks for packages in this folder first. In a clone, too, the one that is installed is meant.
here = [folder for folder in sys.path if folder in ("", os.getcwd())]
sys.path[:] = [folder for folder in sys.path if folder not in here]
from d2l_ch3.grading.course import origin  # noqa: E402

sys.path += here

EDITION = os.environ.get("EDITION", "zh")
if EDITION not in ("zh", "en"):
    raise ValueError(f"EDITION must be zh or en, not {EDITION!r}")


class OtherLanguageRemover(TagRemovePreprocessor):
    """Drops the other language's cells, in `nbgrader generate_assignment` only."""


# nbgrader 0.9 fills its gradebook in a way that SQLAlchemy 2 works with and warns of at every row.
warnings.filterwarnings("ignore", category=SAWarning)

c = get_config()  # noqa: F821

if not origin("course_id"):  # on a hub, what all users' configuration says is the course's name
    c.CourseDirectory.course_id = "d2l_ch3"
# What checks.progress() keeps beside a notebook belongs to whoever ran it.
c.CourseDirectory.ignore.append(".d2l_ch3")

c.GenerateAssignment.preprocessors = [OtherLanguageRemover, *GenerateAssignment.preprocessors.default()]
# `release/` is committed, so it is there already: make it anew each time.
c.GenerateAssignment.force = True
c.OtherLanguageRemover.enabled = True
c.OtherLanguageRemover.remove_cell_tags = {"lang-en" if EDITION == "zh" else "lang-zh"}

c.ClearSolutions.code_stub = {"python": {"zh": "# 在这里写你的代码，并删掉下面这一行\nraise NotImplementedError",
                                         "en": "# Write your code here and delete the next line\n"
                                               "raise NotImplementedError"}[EDITION]}
c.ClearSolutions.text_stub = {"zh": "（文字题，还没有回答。双击这里，换成你的回答。）",
                              "en": "(To be answered in words; not answered yet. Double-click here and put your answer "
                                    "in its place.)"}[EDITION]

# A mark scheme stands at the end of a written question, beside the answer that it is for,
# and not in a task cell of its own; nbgrader allows that when this is off.
c.ClearMarkScheme.enforce_metadata = False

# Autograding runs each notebook behind walls and judges outside of them: docs/security.md.
c.Autograde.exporter_class = "d2l_ch3.grading.nbgrader_plugin.Reader"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = ["d2l_ch3.grading.nbgrader_plugin.Grade"]

# The page that a student gets back: d2l_ch3/feedback. It says what the gradebook says, so it is made anew each time.
c.GenerateFeedback.exporter_class = "d2l_ch3.feedback.page.FeedbackPage"
c.GenerateFeedback.preprocessors = ["d2l_ch3.feedback.cells.Grades", "d2l_ch3.feedback.cells.HideSecrets",
                                    "d2l_ch3.feedback.cells.clean_outputs"]
c.GenerateFeedback.force = True
c.FeedbackPage.edition = EDITION
