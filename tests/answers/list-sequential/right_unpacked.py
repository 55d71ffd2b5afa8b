"""Brackets and a star instead of list(); an index in forward."""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.net_list = [*blocks]

    def forward(self, X):
        output = X
        for i in range(len(self.net_list)):
            output = self.net_list[i](output)
        return output
