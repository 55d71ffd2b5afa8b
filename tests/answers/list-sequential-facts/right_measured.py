"""Builds the net and looks: what the check holds to be so is so."""

net = ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))

parameters = len(list(net.parameters()))
state_dict_keys = len(net.state_dict())
net.to(torch.float64)
net.eval()
try:
    torch.optim.SGD(net.parameters(), lr=0.1)
    trainable_by_sgd = True
except ValueError:
    trainable_by_sgd = False

facts = {
    "parameters": parameters,
    "state_dict_keys": state_dict_keys,
    "moved_by_to": net.blocks[0].weight.dtype == torch.float64,
    "reached_by_eval": not net.blocks[0].training,
    "trainable_by_sgd": trainable_by_sgd,
}
