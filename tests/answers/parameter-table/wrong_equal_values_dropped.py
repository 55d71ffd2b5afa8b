"""Leaves out a parameter that torch.equal says was there before.

misconception: equal-not-tied
points: 2
"""


def parameter_table(net):
    kept, rows = [], []
    for name, p in net.named_parameters():
        if any(q.shape == p.shape and torch.equal(p, q) for q in kept):
            continue
        kept.append(p)
        rows.append((name, p.shape, p.numel()))
    return rows
