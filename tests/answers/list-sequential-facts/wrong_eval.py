"""Believes that eval() reaches the blocks.

misconception: expects-eval
points: 4
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": True,
    "trainable_by_sgd": False,
}
