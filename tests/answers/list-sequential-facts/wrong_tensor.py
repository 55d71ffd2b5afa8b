"""Asks torch and keeps its answers.

misconception: foreign-type
points: 2
"""

facts = {
    "parameters": torch.tensor(0),
    "state_dict_keys": 0,
    "moved_by_to": torch.tensor(False),
    "reached_by_eval": torch.tensor(1) == 2,
    "trainable_by_sgd": False,
}
