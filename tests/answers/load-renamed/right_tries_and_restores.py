"""Copies as it goes, and puts everything back if something is wrong."""


def load_renamed(net, state, rename):
    own = net.state_dict()
    saved = {name: tensor.clone() for name, tensor in own.items()}
    missing, unwanted = set(own), []
    try:
        with torch.no_grad():
            for key, value in state.items():
                name = rename(key)
                if name is None:
                    unwanted.append(key)
                    continue
                if own[name].shape != value.shape:
                    raise ValueError(name)
                own[name].copy_(value)
                missing.discard(name)
            if missing:
                raise KeyError(str(missing))
    except (KeyError, ValueError):
        with torch.no_grad():
            for name, tensor in own.items():
                tensor.copy_(saved[name])
        raise
    return sorted(unwanted)
