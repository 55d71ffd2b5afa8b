"""Believes that to() moves everything the net holds.

misconception: expects-to
points: 4
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": True,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
