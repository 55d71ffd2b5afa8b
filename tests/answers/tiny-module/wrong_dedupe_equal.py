"""Dedupe by torch.equal.

misconception: equal-left-out
points: 3
"""


class TinyModule:
    def __init__(self):
        self.training = True

    def named_parameters(self):
        seen = []
        for name, value in vars(self).items():
            if isinstance(value, Tensor) and value.requires_grad and not any(value.shape == s.shape and torch.equal(value, s) for s in seen):
                seen.append(value)
                yield name, value
        for name, child in vars(self).items():
            if isinstance(child, TinyModule):
                for inner, value in child.named_parameters():
                    if not any(value.shape == s.shape and torch.equal(value, s) for s in seen):
                        seen.append(value)
                        yield f"{name}.{inner}", value

    def state_dict(self):
        return {name: value.detach() for name, value in self.named_parameters()}

    def train(self, mode=True):
        self.training = mode
        for child in vars(self).values():
            if isinstance(child, TinyModule):
                child.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def apply(self, f):
        for child in vars(self).values():
            if isinstance(child, TinyModule):
                child.apply(f)
        f(self)
        return self
