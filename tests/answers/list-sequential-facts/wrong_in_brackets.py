"""Puts a value into brackets, as a row of a table.

misconception: wrapped-up
points: 4
"""

facts = {
    "parameters": [0],
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
