"""Nothing is written yet.

misconception: starts-in-eval, apply-misses
points: 0
"""


class TinyModule:
    def __init__(self):
        pass

    def named_parameters(self):
        pass

    def state_dict(self):
        pass

    def train(self, mode=True):
        pass

    def eval(self):
        pass

    def apply(self, function):
        pass
