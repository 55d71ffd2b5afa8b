"""Walks the tree itself, in the same order, and remembers what it has seen."""


def parameter_table(net):
    seen, table = set(), []

    def walk(module, prefix):
        for name, p in module.named_parameters(recurse=False):
            if id(p) not in seen:
                seen.add(id(p))
                table.append((prefix + name, p.shape, p.numel()))
        for name, child in module.named_children():
            walk(child, prefix + name + '.')

    walk(net, '')
    return table
