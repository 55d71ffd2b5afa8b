"""Does nothing at all.

misconception: rebinds, returned-nothing
points: 0
"""


def train_shared(net, X, y, lr, num_steps):
    pass
