"""load_state_dict on a copy finds what is wrong."""


import copy


def load_renamed(net, state, rename):
    given = {rename(key): value for key, value in state.items() if rename(key) is not None}
    result = copy.deepcopy(net).load_state_dict({}, strict=False)
    for name in result.missing_keys:
        if name not in given:
            raise KeyError(name)
    for name, value in given.items():
        try:
            shape = net.state_dict()[name].shape
        except KeyError:
            raise KeyError(name) from None
        if shape != value.shape:
            raise ValueError(name)
    net.load_state_dict(given)
    return sorted(key for key in state if rename(key) is None)
