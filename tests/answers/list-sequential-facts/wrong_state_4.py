"""Believes that state_dict saves more than parameters() yields.

misconception: expects-state
points: 4
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 4,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
