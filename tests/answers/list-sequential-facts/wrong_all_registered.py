"""Takes a list for as good as registration.

misconception: as-if-registered
points: 0
"""

facts = {
    "parameters": 4,
    "state_dict_keys": 4,
    "moved_by_to": True,
    "reached_by_eval": True,
    "trainable_by_sgd": True,
}
