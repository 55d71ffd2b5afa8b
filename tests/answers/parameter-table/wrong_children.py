"""Only the layers that stand directly in the net.

misconception: not-nested
points: 2
"""


def parameter_table(net):
    table = [(name, p.shape, p.numel()) for name, p in net.named_parameters(recurse=False)]
    for prefix, layer in net.named_children():
        if isinstance(layer, nn.Linear):
            table.append((prefix + '.weight', layer.weight.shape, layer.weight.numel()))
            table.append((prefix + '.bias', layer.bias.shape, layer.bias.numel()))
    return table
