"""Answers whether there are any.

misconception: bool-for-count
points: 4
"""

facts = {
    "parameters": True,
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
