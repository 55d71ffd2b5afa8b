"""What is missing is skipped.

misconception: not-refused, half-loaded
points: 3
"""


def load_renamed(net, state, rename):
    own, given, unwanted = net.state_dict(), {}, []
    for key, value in state.items():
        name = rename(key)
        if name is None:
            unwanted.append(key)
        elif name not in own:
            raise KeyError(f'the net has no {name}')
        elif value.shape != own[name].shape:
            raise ValueError(f'{name} has shape {tuple(own[name].shape)}, not {tuple(value.shape)}')
        else:
            given[name] = value
    with torch.no_grad():
        for name, value in given.items():
            own[name].copy_(value)
    return sorted(unwanted)
