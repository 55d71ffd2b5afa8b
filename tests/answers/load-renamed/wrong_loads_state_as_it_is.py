"""Gives state to load_state_dict as it is.

misconception: strict-names
points: 0
"""


def load_renamed(net, state, rename):
    net.load_state_dict(state)
    return sorted(key for key in state if rename(key) is None)
