"""Knows that nothing is saved, and thinks that all else works as for registered blocks.

misconception: as-if-registered
points: 1
"""

facts = {
    "parameters": 4,
    "state_dict_keys": 0,
    "moved_by_to": True,
    "reached_by_eval": True,
    "trainable_by_sgd": True,
}
