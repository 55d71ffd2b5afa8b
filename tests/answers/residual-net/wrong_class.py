"""Returns a module of its own, not an nn.Sequential.

misconception: not-sequential
points: 3
"""


class Net(nn.Module):
    def __init__(self, layers):
        super().__init__()
        for name, layer in layers.named_children():
            self.add_module(name, layer)

    def forward(self, X):
        for layer in self.children():
            X = layer(X)
        return X


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not widths:
        raise ValueError('widths is empty')
    if num_blocks == 0 and len(set(widths)) > 1:
        raise ValueError('no block could change the width')
    net = nn.Sequential()
    net.add_module('stem', nn.Linear(num_inputs, widths[0]))
    before = widths[0]
    for i, width in enumerate(widths):
        stage = nn.Sequential()
        for j in range(num_blocks):
            stage.add_module(f'block {j}', ResidualBlock(before, width))
            before = width
        net.add_module(f'stage {i}', stage)
    net.add_module('head', nn.Linear(before, num_outputs))
    return Net(net)
