"""A tuple of tensors for a shape.

misconception: lengths-not-int
points: 2
"""


def parameter_table(net):
    return [(name, tuple(torch.tensor(p.shape)), p.numel()) for name, p in net.named_parameters()]
