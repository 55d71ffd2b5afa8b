"""The same with None.

misconception: not-written
points: 0
"""

facts = {
    "parameters": None,
    "state_dict_keys": None,
    "moved_by_to": None,
    "reached_by_eval": None,
    "trainable_by_sgd": None,
}
