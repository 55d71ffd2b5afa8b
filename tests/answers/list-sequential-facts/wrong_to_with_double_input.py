"""Sees that net.to gives no error, and takes that for success; the optimiser was built from the blocks' own parameters.

misconception: expects-to, expects-sgd
points: 3
"""


blocks = [nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10)]
net = nn.Module()
net.blocks = blocks
facts = {"parameters": len(list(net.parameters())), "state_dict_keys": len(net.state_dict()), "reached_by_eval": blocks[1].training is False}
try:
    net.to(torch.float64)
    facts["moved_by_to"] = True
except Exception:
    facts["moved_by_to"] = False
try:
    optimizer = torch.optim.SGD([p for b in blocks for p in b.parameters()], lr=0.1)
    facts["trainable_by_sgd"] = True
except ValueError:
    facts["trainable_by_sgd"] = False
