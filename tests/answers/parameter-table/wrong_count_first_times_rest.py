"""Begins the product with the first length, which a single number does not have.

misconception: count-needs-dimensions
points: 2
"""


def parameter_table(net):
    table = []
    for name, p in net.named_parameters():
        count = p.shape[0]
        for length in p.shape[1:]:
            count *= length
        table.append((name, p.shape, count))
    return table
