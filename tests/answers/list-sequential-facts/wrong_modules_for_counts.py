"""Stores what a method returned, the net itself, as a count.

misconception: no-count
points: 4
"""

net = ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
facts = {
    "parameters": net.requires_grad_(),
    "state_dict_keys": 0,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
