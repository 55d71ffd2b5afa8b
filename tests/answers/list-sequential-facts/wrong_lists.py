"""Hands in the lists.

misconception: thing-not-count
points: 3
"""

net = ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
facts = {
    "parameters": list(net.parameters()),
    "state_dict_keys": list(net.state_dict()),
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
