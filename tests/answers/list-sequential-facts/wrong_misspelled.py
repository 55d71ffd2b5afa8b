"""Spells two keys otherwise.

misconception: missing-fact
points: 3
"""

facts = {
    "state_dict_keys": 0,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
    "num_parameters": 0,
    "moved_by_To": False,
}
