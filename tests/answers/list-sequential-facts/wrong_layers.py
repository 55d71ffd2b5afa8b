"""Counts the linear layers.

misconception: counted-blocks
points: 4
"""

facts = {
    "parameters": 2,
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
