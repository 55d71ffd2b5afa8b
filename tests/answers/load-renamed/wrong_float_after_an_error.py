"""Leaves the net in float32 when something is missing.

misconception: half-loaded
points: 4
"""


def load_renamed(net, state, rename):
    own, given, unwanted = net.state_dict(), {}, []
    for key, value in state.items():
        name = rename(key)
        if name is None:
            unwanted.append(key)
        elif name not in own:
            raise KeyError(f"the net has no {name}")
        elif value.shape != own[name].shape:
            raise ValueError(f"{name} has another shape")
        else:
            given[name] = value
    for name in own:
        if name not in given:
            net.float()
            raise KeyError(f"nothing was given for {name}")
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(given[name])
    return sorted(unwanted)
