"""All values as strings, as for a table; and the third key is missing.

misconception: text-not-value, missing-fact
points: 0
"""

facts = {"parameters": "0", "state_dict_keys": "0", "reached_by_eval": "False", "trainable_by_sgd": "False"}
