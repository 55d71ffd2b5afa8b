"""Counts with torch.tensor(0) and 0.0.

misconception: foreign-type, float-for-count
points: 3
"""


count = torch.tensor(0)
facts = {"parameters": count, "state_dict_keys": float(count), "moved_by_to": False, "reached_by_eval": False, "trainable_by_sgd": False}
