"""The class report: what a class did with an assignment, as a page and as tables in a terminal.

reading.py takes it out of the gradebook, figures.py counts, excerpts.py shows what students wrote without saying who,
charts.py draws, page.py and tables.py show.
"""
