"""Gives the ReLU a weight and a bias too.

misconception: other-count
points: 3
"""

facts = {
    "parameters": 6,
    "state_dict_keys": 6,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
