"""No_grad around net(X).

misconception: head-frozen
points: 0
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
        with torch.no_grad():
            out = net(X)
        loss = F.mse_loss(out, y)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    for module, training in modes:
        module.training = training
    return losses
