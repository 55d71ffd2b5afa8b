"""A net of the notebook.

misconception: uses-global, not-frozen
points: 1
"""


net = nn.Sequential()
net.add_module("body", nn.Linear(3, 4))
net.add_module("head", nn.Linear(4, 2))


def fine_tune(model, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    net.requires_grad_(False)
    net.zero_grad()
    net.head.requires_grad_(True)
    optimizer = torch.optim.SGD(net.head.parameters(), lr=lr)
    losses = []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    for module, training in modes:
        module.training = training
    return losses
