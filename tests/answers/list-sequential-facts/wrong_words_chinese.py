"""Writes an answer in Chinese.

misconception: text-not-value
points: 2
"""

facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": "否",
    "reached_by_eval": "不会",
    "trainable_by_sgd": "不能，ValueError: optimizer got an empty parameter list",
}
