"""Own from named_parameters + named_buffers: tied names are unexpected.

misconception: tied-name-unknown
points: 0
"""


def load_renamed(net, state, rename):
    own = {**dict(net.named_parameters()), **dict(net.named_buffers())}
    given, unwanted = {}, []
    for key, value in state.items():
        name = rename(key)
        if name is None:
            unwanted.append(key)
        elif name not in own:
            raise KeyError(name)
        elif value.shape != own[name].shape:
            raise ValueError(name)
        else:
            given[name] = value
    for name in own:
        if name not in given:
            raise KeyError(name)
    with torch.no_grad():
        for name, p in own.items():
            p.copy_(given[name])
    return sorted(unwanted)
