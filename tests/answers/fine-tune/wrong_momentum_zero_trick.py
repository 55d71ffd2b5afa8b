"""Sets BN momentum to 0 instead of eval.

misconception: not-in-evaluation
points: 4
"""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    for m in net.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.momentum = 0.0
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
