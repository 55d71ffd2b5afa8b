"""Counts numbers instead of tensors.

misconception: counted-elements
points: 3
"""

facts = {
    "parameters": 20 * 256 + 256 + 256 * 10 + 10,
    "state_dict_keys": 7946,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
