"""Lists of modules are children too.

misconception: others-registered
points: 3
"""


class TinyModule:
    def __init__(self):
        self.training = True

    def named_parameters(self):
        seen = set()
        for name, value in vars(self).items():
            if isinstance(value, Tensor) and value.requires_grad and id(value) not in seen:
                seen.add(id(value))
                yield name, value
        for name, child in [*vars(self).items(), *[(f'{k}.{i}', m) for k, v in vars(self).items() if isinstance(v, list) for i, m in enumerate(v)]]:
            if isinstance(child, TinyModule):
                for inner, value in child.named_parameters():
                    if id(value) not in seen:
                        seen.add(id(value))
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
