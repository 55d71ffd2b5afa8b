"""Dicts and sets by comprehension."""


def load_renamed(net, state, rename):
    names = {key: rename(key) for key in state}
    given = {name: state[key] for key, name in names.items() if name is not None}
    own = net.state_dict()
    for name in sorted(set(given) ^ set(own)):
        raise KeyError(name)
    for name, value in given.items():
        if list(value.size()) != list(own[name].size()):
            raise ValueError(name, value.shape)
    with torch.no_grad():
        [own[name].copy_(value) for name, value in given.items()]
    return sorted(key for key, name in names.items() if name is None)
