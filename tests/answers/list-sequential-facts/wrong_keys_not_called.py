"""Takes the method keys for the keys.

misconception: not-called
points: 4
"""

net = ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
facts = {
    "parameters": 0,
    "state_dict_keys": net.state_dict().keys,
    "moved_by_to": False,
    "reached_by_eval": False,
    "trainable_by_sgd": False,
}
