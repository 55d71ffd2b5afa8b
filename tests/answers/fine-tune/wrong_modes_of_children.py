"""train() again for each child, and not for net itself.

misconception: other-modes
points: 4
"""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(child, child.training) for child in net.children()]
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
    for child, training in modes:
        child.train(training)
    return losses
