"""load_state_dict raises what it raises.

misconception: other-error, half-loaded
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
    net.load_state_dict(given)
    return sorted(unwanted)
