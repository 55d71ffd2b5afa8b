"""Counts in floats.

misconception: float-for-count
points: 4
"""

facts = {
    "parameters": 0.0,
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
