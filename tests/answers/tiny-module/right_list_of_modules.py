"""One generator of all modules serves every method."""


class TinyModule:
    def __init__(self):
        self.training = True

    def modules(self, prefix=""):
        yield prefix, self
        for name, value in self.__dict__.items():
            if isinstance(value, TinyModule):
                yield from value.modules(prefix + name + ".")

    def named_parameters(self):
        seen = set()
        for prefix, module in self.modules():
            for name, value in module.__dict__.items():
                if torch.is_tensor(value) and value.requires_grad and id(value) not in seen:
                    seen.add(id(value))
                    yield prefix + name, value

    def state_dict(self):
        return {name: value.detach() for name, value in self.named_parameters()}

    def train(self, mode=True):
        for _, module in self.modules():
            module.training = mode
        return self

    def eval(self):
        return self.train(mode=False)

    def apply(self, f):
        for value in self.__dict__.values():
            if isinstance(value, TinyModule):
                value.apply(f)
        f(self)
        return self
