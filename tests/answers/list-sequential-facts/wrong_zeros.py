"""Writes 0 for False.

misconception: int-for-bool
points: 2
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": 0,
    "reached_by_eval": 0,
    "trainable_by_sgd": 0,
}
