"""State gets new keys.

misconception: changes-state
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
    for name in given:
        state[name] = given[name]
    for name in own:
        if name not in given:
            raise KeyError(f"nothing was given for {name}")
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(given[name])
    return sorted(unwanted)
