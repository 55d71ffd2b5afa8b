"""The shared layer is a property over an nn.ModuleDict."""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.num_shared = num_shared
        self.layers = nn.ModuleDict({'first': nn.Linear(num_inputs, num_hiddens),
                                     'again': nn.Linear(num_hiddens, num_hiddens),
                                     'last': nn.Linear(num_hiddens, num_outputs)})

    @property
    def shared(self):
        return self.layers['again']

    def forward(self, X):
        H = self.layers['first'](X).relu()
        for name in ['again'] * self.num_shared:
            H = self.layers[name](H).relu()
        return self.layers['last'](H)
