"""Counts the blocks.

misconception: counted-blocks
points: 3
"""

facts = {
    "parameters": 3,
    "state_dict_keys": 3,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
