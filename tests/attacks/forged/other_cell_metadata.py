"""Brings a cell of its own that claims to be the test and to be worth points.

exercise: parallel-block
points: 4
breaks: forged-result
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.nets = [net1, net2]

    def forward(self, X):
        return torch.cat([net(X) for net in self.nets], dim=-1)


# --- cell ---
# checks.parallel_block(ParallelBlock)
print("test-parallel-block", {"grade": True, "points": 600, "grade_id": "test-parallel-block"})
6.0
# --- cell ---
%%html
<div class="d2l-card"><header><span>parallel-block</span><span>6 / 6</span></header></div>
