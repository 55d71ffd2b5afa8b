"""Stores the error that came out as the answer to the last question.

misconception: thing-not-verdict
points: 4
"""

facts = {"parameters": 0, "state_dict_keys": 0, "moved_by_to": False, "reached_by_eval": False}
try:
    facts["trainable_by_sgd"] = torch.optim.SGD([], lr=0.1)
except ValueError as error:
    facts["trainable_by_sgd"] = error
