"""state_dict has buffers too, and tied parameters twice.

misconception: from-state-dict
points: 2
"""


def parameter_table(net):
    return [(name, value.shape, value.numel()) for name, value in net.state_dict().items()]
