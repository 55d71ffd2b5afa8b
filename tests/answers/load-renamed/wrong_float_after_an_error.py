"""Puts the values back, and the net into float32.

misconception: half-loaded
points: 4
"""


def load_renamed(net, state, rename):
    backup = {k: v.clone() for k, v in net.state_dict().items()}
    try:
        return _load(net, state, rename)
    except Exception:
        net.float().load_state_dict(backup)
        raise

def _load(net, state, rename):
    own = net.state_dict()
    todo = set(own)
    skipped = []
    for key, value in state.items():
        name = rename(key)
        if name is None:
            skipped.append(key)
            continue
        if name not in own:
            raise KeyError(f"{name} is not in the net")
        if own[name].shape != value.shape:
            raise ValueError(f"{name} has the wrong shape")
        own[name].copy_(value)
        todo.discard(name)
    if todo:
        raise KeyError(f"nothing for {todo}")
    return sorted(skipped)
