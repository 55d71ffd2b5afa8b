"""The class report: what a class did with an assignment, as a page and as tables in a terminal.

class_data.py takes it out of the gradebook, figures.py counts, misconceptions.py says what a name stands for,
excerpts.py shows what students wrote without saying who, charts.py draws, page.py and tables.py show.
"""
