"""The count as a tensor.

misconception: count-not-int
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, torch.tensor(p.shape).prod()) for name, p in net.named_parameters()]
