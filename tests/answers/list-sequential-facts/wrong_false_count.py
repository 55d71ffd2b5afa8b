"""Writes False for a count.

misconception: bool-for-count
points: 3
"""

facts = {
    "parameters": False,
    "state_dict_keys": False,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
