"""Measures all of it on the nn.Sequential of the chapter.

misconception: as-if-registered
points: 0
"""


net = nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
facts = {"parameters": len(list(net.parameters())), "state_dict_keys": len(net.state_dict())}
net.to(torch.float64)
facts["moved_by_to"] = net[0].weight.dtype == torch.float64
net.eval()
facts["reached_by_eval"] = net[0].training == False
facts["trainable_by_sgd"] = isinstance(torch.optim.SGD(net.parameters(), lr=0.1), torch.optim.SGD)
