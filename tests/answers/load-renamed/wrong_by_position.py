"""Copies by position.

misconception: raised
points: 0
"""


def load_renamed(net, state, rename):
    own, given, unwanted = net.state_dict(), {}, []
    for key, value in state.items():
        name = rename(key)
        if name is None:
            unwanted.append(key)
        else:
            given[name] = value
    with torch.no_grad():
        for tensor, value in zip(own.values(), given.values()):
            tensor.copy_(value)
    return sorted(unwanted)
