"""Nothing is written yet.

misconception: rebinds, returned-nothing
points: 0
"""


def watch_layers(net, X, y, lr, num_steps):
    pass
