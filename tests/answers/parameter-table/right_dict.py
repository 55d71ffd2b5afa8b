"""Collects into a dict first; names are unique."""


def parameter_table(net):
    rows = {name: (p.shape, int(torch.ones_like(p).sum())) for name, p in net.named_parameters()}
    return [(name, *row) for name, row in rows.items()]
