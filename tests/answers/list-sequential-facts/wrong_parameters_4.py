"""Believes that parameters() finds tensors in a list.

misconception: expects-parameters
points: 4
"""

facts = {
    "parameters": 4,
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
