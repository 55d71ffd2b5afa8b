"""All mistakes in one message."""


def load_renamed(net, state, rename):
    own = net.state_dict()
    given = {}
    unwanted = []
    for key, value in state.items():
        name = rename(key)
        if name is None:
            unwanted.append(key)
        else:
            given[name] = value
    lost = [name for name in own if name not in given] + [name for name in given if name not in own]
    if lost:
        raise KeyError(', '.join(lost))
    bent = [name for name in own if own[name].shape != given[name].shape]
    if bent:
        raise ValueError('wrong shapes: ' + ', '.join(bent))
    net.load_state_dict({name: value.detach().clone() for name, value in given.items()}, strict=True)
    return sorted(unwanted)
