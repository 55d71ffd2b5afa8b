"""Three columns first, joined by zip."""


def parameter_table(net):
    named = dict(net.named_parameters())
    shapes = [p.detach().shape for p in named.values()]
    counts = [s.numel() for s in shapes]
    return list(zip(named, shapes, counts))
