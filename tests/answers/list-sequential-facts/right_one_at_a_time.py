"""Asks one question after the other in a helper, the last one with an exception."""


def can_be_trained(net):
    try:
        torch.optim.SGD(net.parameters(), lr=0.1)
    except ValueError:
        return False
    return True


def make():
    return ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))


facts = {"trainable_by_sgd": can_be_trained(make())}
facts["parameters"] = len([*make().parameters()])
facts["state_dict_keys"] = len(make().state_dict())
net = make().double()
facts["moved_by_to"] = net.blocks[2].bias.dtype is torch.float64
net.eval()
facts["reached_by_eval"] = any(not block.training for block in net.blocks)
