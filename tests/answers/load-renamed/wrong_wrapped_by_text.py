"""Load_state_dict wrapped with right classes; half loaded.

misconception: half-loaded
points: 4
"""


def load_renamed(net, state, rename):
    new = {rename(k): v for k, v in state.items() if rename(k) is not None}
    try:
        net.load_state_dict(new)
    except RuntimeError as error:
        raise (ValueError if "size mismatch" in str(error) else KeyError)(str(error))
    return sorted(k for k in state if rename(k) is None)
