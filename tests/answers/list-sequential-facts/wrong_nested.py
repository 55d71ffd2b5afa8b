"""A dict for each question, with the question in it.

misconception: wrapped-up
points: 0
"""

facts = {
    "parameters": {"how many": 0},
    "state_dict_keys": {"how many": 0},
    "moved_by_to": {"is it": False},
    "reached_by_eval": {"is it": False},
    "trainable_by_sgd": {"is it": False},
}
