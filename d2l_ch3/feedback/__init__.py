"""The page that a student gets back, made by `nbgrader generate_feedback` with these parts of our own:

    c.GenerateFeedback.exporter_class = "d2l_ch3.feedback.page.FeedbackPage"
    c.GenerateFeedback.preprocessors = ["d2l_ch3.feedback.cells.Grades", "d2l_ch3.feedback.cells.HideSecrets",
                                        "d2l_ch3.feedback.cells.clean_outputs"]

The preprocessors take away what is not for students: hidden tests, mark schemes, paths of the grading machine. The
page needs no network and runs no script.
"""
