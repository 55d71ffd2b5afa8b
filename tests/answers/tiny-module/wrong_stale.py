"""What is registered is never replaced.

misconception: stale-register
points: 3
"""


class TinyModule:
    def __init__(self):
        object.__setattr__(self, "_parameters", {})
        object.__setattr__(self, "_modules", {})
        self.training = True

    def __setattr__(self, name, value):
        if isinstance(value, torch.Tensor) and value.requires_grad:
            self._parameters.setdefault(name, value)
        elif isinstance(value, TinyModule):
            self._modules[name] = value
        object.__setattr__(self, name, value)

    def named_parameters(self):
        found = dict(self._parameters)
        for name, child in self._modules.items():
            for inner, parameter in child.named_parameters():
                found[f"{name}.{inner}"] = parameter
        seen = []
        for name, parameter in found.items():
            if not any(parameter is other for other in seen):
                seen.append(parameter)
                yield name, parameter

    def state_dict(self):
        return {name: p.detach().clone() for name, p in self.named_parameters()}

    def train(self, mode=True):
        self.training = mode
        for child in self._modules.values():
            child.train(mode)
        return self

    def eval(self):
        self.train(False)
        return self

    def apply(self, f):
        for child in self._modules.values():
            child.apply(f)
        f(self)
        return self
