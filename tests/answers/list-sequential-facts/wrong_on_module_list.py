"""Measures a class that was repaired with a ModuleList in the meantime.

misconception: as-if-registered
points: 0
"""


class Repaired(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)


net = Repaired(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10)).to(torch.float64).eval()
facts = dict(parameters=len(list(net.parameters())), state_dict_keys=len(net.state_dict()),
             moved_by_to=net.blocks[0].weight.dtype == torch.float64,
             reached_by_eval=not net.blocks[2].training,
             trainable_by_sgd=torch.optim.SGD(net.parameters(), lr=0.1) is not None)
