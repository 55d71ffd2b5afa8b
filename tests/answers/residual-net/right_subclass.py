"""A subclass of nn.Sequential."""


class Stage(nn.Sequential):
    def __init__(self, before, width, num_blocks):
        super().__init__()
        for j in range(num_blocks):
            self.add_module(f'block {j}', ResidualBlock(before if not j else width, width))


class ResNet(nn.Sequential):
    def __init__(self, num_inputs, widths, num_blocks, num_outputs):
        super().__init__()
        self.add_module('stem', nn.Linear(num_inputs, widths[0]))
        for i, width in enumerate(widths):
            self.add_module(f'stage {i}', Stage(widths[max(i - 1, 0)], width, num_blocks))
        self.add_module('head', nn.Linear(widths[-1], num_outputs))


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not widths or (num_blocks == 0 and len(set(widths)) > 1):
        raise ValueError('there is no such net')
    return ResNet(num_inputs, widths, num_blocks, num_outputs)
