"""A helper compares."""


def compare(own, given):
    for name in own:
        if name not in given:
            raise KeyError(name)
        if own[name].shape != given[name].shape:
            raise ValueError(name)


def load_renamed(net, state, rename):
    own, given, unwanted = net.state_dict(), {}, []
    for key, value in state.items():
        name = rename(key)
        if name is None:
            unwanted.append(key)
        elif name not in own:
            raise KeyError(f'the net has no {name}')
        else:
            given[name] = value
    compare(own, given)
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(given[name])
    return sorted(unwanted)
