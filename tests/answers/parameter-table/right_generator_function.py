"""A generator yields the rows, the function makes a list of it; the count is that of the flattened parameter."""


def rows(net):
    for full_name, p in net.named_parameters():
        yield full_name, tuple(int(n) for n in p.shape), len(p.reshape(-1))


def parameter_table(net):
    return [*rows(net)]
