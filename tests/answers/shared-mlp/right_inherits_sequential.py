"""Subclasses nn.Sequential: the children are made with names, and shared is one of them."""


class SharedMLP(nn.Sequential):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        shared = nn.Linear(num_hiddens, num_hiddens)
        layers = [nn.Linear(num_inputs, num_hiddens), nn.ReLU()]
        for _ in range(num_shared):
            layers += [shared, nn.ReLU()]
        layers.append(nn.Linear(num_hiddens, num_outputs))
        super().__init__(*layers)
        self.__dict__["num_shared"] = num_shared
        if num_shared == 0:
            self.spare = nn.ModuleList([shared])

    @property
    def shared(self):
        return self[2] if self.num_shared else self.spare[0]

    def forward(self, X):
        for layer in list(self)[:3 + 2 * self.num_shared]:
            X = layer(X)
        return X
