"""The block is a default value, and has its children in another order."""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        same = in_features == out_features
        self.shortcut = nn.Identity() if same else nn.Linear(in_features, out_features, bias=False)
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), nn.Linear(out_features, out_features))
        nn.init.zeros_(self.body[2].weight)
        nn.init.zeros_(self.body[2].bias)

    def forward(self, X):
        return self.shortcut(X) + self.body(X)


def make_resnet(num_inputs, widths, num_blocks, num_outputs, block=ResidualBlock):
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
            stage.add_module(f'block {j}', block(before, width))
            before = width
        net.add_module(f'stage {i}', stage)
    net.add_module('head', nn.Linear(before, num_outputs))
    return net
