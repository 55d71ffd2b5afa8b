"""Believes that SGD can be built and merely trains nothing.

misconception: expects-sgd
points: 4
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": True,
}
