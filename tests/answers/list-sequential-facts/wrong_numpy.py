"""Asks numpy and keeps its answers.

misconception: foreign-type
points: 3
"""

import numpy as np

facts = {
    "parameters": np.int64(0),
    "state_dict_keys": 0,
    "moved_by_to": np.bool_(False),
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
