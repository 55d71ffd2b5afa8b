"""Goes through named_modules and takes the nn.Linear ones, a set for the names that were seen.

misconception: tied-twice, linear-only
points: 2
"""


def parameter_table(net):
    table = []
    for name, m in net.named_modules(remove_duplicate=False):
        if isinstance(m, nn.Linear):
            table.append((name + ".weight", m.weight.shape, m.weight.numel()))
            if m.bias is not None:
                table.append((name + ".bias", m.bias.shape, m.bias.numel()))
    return table
