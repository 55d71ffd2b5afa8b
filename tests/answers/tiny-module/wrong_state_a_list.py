"""The state is a list of pairs.

misconception: no-state-dict
points: 4
"""


class TinyModule:
    def __init__(self):
        self.training = True

    def _children(self):
        return [(name, value) for name, value in vars(self).items() if isinstance(value, TinyModule)]

    def named_parameters(self, prefix="", seen=None):
        seen = set() if seen is None else seen
        for name, value in vars(self).items():
            if isinstance(value, torch.Tensor) and value.requires_grad and id(value) not in seen:
                seen.add(id(value))
                yield prefix + name, value
        for name, child in self._children():
            yield from child.named_parameters(prefix + name + ".", seen)

    def state_dict(self):
        return [(name, parameter.detach()) for name, parameter in self.named_parameters()]

    def train(self, mode=True):
        self.training = mode
        for _, child in self._children():
            child.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def apply(self, function):
        for _, child in self._children():
            child.apply(function)
        function(self)
        return self
