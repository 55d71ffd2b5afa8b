"""Believes both: only the parameters are missing.

misconception: expects-to, expects-eval
points: 3
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": True,
    "reached_by_eval": True,
    "trainable_by_sgd": False,
}
