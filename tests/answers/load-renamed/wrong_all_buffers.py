"""Asks for buffers that are not saved, too.

misconception: buffer-not-saved
points: 0
"""


def load_renamed(net, state, rename):
    own, given, unwanted = dict([*net.named_parameters(remove_duplicate=False), *net.named_buffers()]), {}, []
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
    for name in own:
        if name not in given:
            raise KeyError(f'nothing was given for {name}')
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(given[name])
    return sorted(unwanted)
