"""Writes what eval() returns.

misconception: thing-not-verdict
points: 4
"""

net = ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
facts = {
    "parameters": 0,
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": net.eval(),
    "trainable_by_sgd": False,
}
