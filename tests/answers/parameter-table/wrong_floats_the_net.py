"""Moves the net to float32 before it looks at it.

misconception: changes-net
points: 2
"""

def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.float().named_parameters()]
