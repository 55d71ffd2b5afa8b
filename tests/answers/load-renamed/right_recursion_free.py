"""Error raised from collected messages."""


def load_renamed(net, state, rename):
    own = net.state_dict()
    given, unwanted, error = {}, [], None
    for key, value in state.items():
        name = rename(key)
        if name is None:
            unwanted.append(key)
        else:
            given[name] = value
    for name in {**own, **given}:
        if name not in given:
            error = error or KeyError(f"{name} missing")
        elif name not in own:
            error = error or KeyError(f"{name} unexpected")
        elif given[name].shape != own[name].shape:
            error = error or ValueError(f"{name} shape")
    if error is not None:
        raise error
    net.load_state_dict(given, assign=False)
    return sorted(unwanted)
