"""OrderedDicts of children."""


from collections import OrderedDict


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    widths = list(widths)
    if len(widths) == 0 or (num_blocks == 0 and any(w != widths[0] for w in widths)):
        raise ValueError(f'cannot build a net of widths {widths} with {num_blocks} blocks')
    children = OrderedDict(stem=nn.Linear(num_inputs, widths[0]))
    for i, (before, width) in enumerate(zip([widths[0]] + widths, widths)):
        sizes = [(before, width)] + [(width, width)] * (num_blocks - 1) if num_blocks else []
        children[f'stage {i}'] = nn.Sequential(OrderedDict(
            (f'block {j}', ResidualBlock(*size)) for j, size in enumerate(sizes)))
    children['head'] = nn.Linear(widths[-1], num_outputs)
    return nn.Sequential(children)
