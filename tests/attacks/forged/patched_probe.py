"""Replaces the probe: it answers with evidence recorded from the right class, for a seed of its own.

exercise: parallel-block
points: 0
breaks: forged-result
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return X


from d2l_ch3.checks.exercises import parallel_block

class Right(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


honest = parallel_block.EXERCISE.probe
recorded = honest(0, Right)
object.__setattr__(parallel_block.EXERCISE, "probe", lambda seed, *_: recorded)
parallel_block.probe = parallel_block.EXERCISE.probe
