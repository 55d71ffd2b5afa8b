"""Some facts are still open.

misconception: left-open
points: 3
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": None,
    "trainable_by_sgd": ...,
}
