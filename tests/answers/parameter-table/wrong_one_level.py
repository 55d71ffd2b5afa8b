"""Goes through named_children and takes weight and bias of each.

misconception: not-nested
points: 2
"""


def parameter_table(net):
    table = []
    for name, layer in net.named_children():
        for kind in ("weight", "bias"):
            p = getattr(layer, kind, None)
            if p is not None:
                table.append((f"{name}.{kind}", p.shape, p.numel()))
    return table
