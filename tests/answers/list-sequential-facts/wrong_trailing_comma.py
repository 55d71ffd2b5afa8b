"""Fills the dict line by line, with the commas of a dict left at the end of two lines.

misconception: wrapped-up
points: 3
"""

facts = {}
facts["parameters"] = 0,
facts["state_dict_keys"] = 0
facts["moved_by_to"] = False,
facts["reached_by_eval"] = False
facts["trainable_by_sgd"] = False
