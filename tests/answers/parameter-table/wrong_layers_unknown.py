"""Takes every module for a layer with a weight.

misconception: missing-attribute
points: 0
"""


def parameter_table(net):
    table = []
    for name, layer in net.named_modules():
        table.append((name + '.weight', layer.weight.shape, layer.weight.numel()))
    return table
