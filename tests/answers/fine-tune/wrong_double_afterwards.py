"""Leaves the net in float64.

misconception: dtype-changed
points: 4
"""


def fine_tune(net, X, y, lr, num_steps):
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
    net.double()
    return losses
