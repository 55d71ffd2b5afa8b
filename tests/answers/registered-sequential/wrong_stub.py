"""Nothing written yet.

misconception: not-written
points: 0
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        raise NotImplementedError

    def forward(self, X):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError

    def __getitem__(self, i):
        raise NotImplementedError
