"""Walks through parameters and buffers, all names of tied ones included."""


def load_renamed(net, state, rename):
    saved = set(net.state_dict())
    own = {name: tensor for name, tensor in [*net.named_parameters(remove_duplicate=False),
                                             *net.named_buffers(remove_duplicate=False)] if name in saved}
    given, rest = {}, []
    for key in state:
        (rest.append(key) if rename(key) is None else given.update({rename(key): state[key]}))
    for name in given:
        if name not in own:
            raise KeyError(name)
    for name in own:
        if name not in given:
            raise KeyError(name)
        if own[name].shape != given[name].shape:
            raise ValueError(f'shape of {name}')
    with torch.no_grad():
        for name in own:
            own[name].copy_(given[name])
    rest.sort()
    return rest
