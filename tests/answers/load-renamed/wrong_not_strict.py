"""load_state_dict without strict.

misconception: not-refused, half-loaded
points: 3
"""


def load_renamed(net, state, rename):
    own, given, unwanted = net.state_dict(), {}, []
    for key, value in state.items():
        name = rename(key)
        if name is None:
            unwanted.append(key)
        else:
            given[name] = value
    net.load_state_dict(given, strict=False)
    return sorted(unwanted)
