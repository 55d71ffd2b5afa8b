"""Writes 1 for True, which is wrong twice.

misconception: int-for-bool
points: 4
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": 1,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
