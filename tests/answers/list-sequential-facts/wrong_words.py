"""Writes yes and no.

misconception: text-not-value
points: 2
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": "no",
    "reached_by_eval": "no",
    "trainable_by_sgd": "no",
}
