"""An nn.Module, not Sequential.

misconception: not-sequential
points: 3
"""


class ResNet(nn.Module):
    def __init__(self, num_inputs, widths, num_blocks, num_outputs):
        super().__init__()
        self.stem = nn.Linear(num_inputs, widths[0])
        before = widths[0]
        self.names = []
        for i, width in enumerate(widths):
            stage = nn.Sequential()
            for j in range(num_blocks):
                stage.add_module(f"block {j}", ResidualBlock(before, width))
                before = width
            self.add_module(f"stage {i}", stage)
            self.names.append(f"stage {i}")
        self.head = nn.Linear(before, num_outputs)

    def forward(self, X):
        X = self.stem(X)
        for n in self.names:
            X = self.get_submodule(n)(X)
        return self.head(X)

def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not widths or (num_blocks == 0 and len(set(widths)) > 1):
        raise ValueError("widths")
    return ResNet(num_inputs, widths, num_blocks, num_outputs)
