"""The parameters of the net itself and none of its layers'.

misconception: not-nested
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.named_parameters(recurse=False)]
