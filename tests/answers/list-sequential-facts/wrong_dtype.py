"""Notes the dtype and the optimiser that were looked at instead of an answer.

misconception: thing-not-verdict
points: 3
"""

net = ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
net.to(torch.float64)
facts = {
    "parameters": len(list(net.parameters())),
    "state_dict_keys": len(net.state_dict()),
    "moved_by_to": net.blocks[0].weight.dtype,
    "reached_by_eval": not net.eval().blocks[0].training,
    "trainable_by_sgd": torch.optim.SGD(net.blocks[0].parameters(), lr=0.1),
}
