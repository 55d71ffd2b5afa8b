"""Param groups with lr 0.

misconception: not-frozen
points: 4
"""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    net.zero_grad()
    net.head.requires_grad_(True)
    optimizer = torch.optim.SGD([{'params': [p for n, p in net.named_parameters() if not n.startswith('head.')], 'lr': 0.0}, {'params': net.head.parameters()}], lr=lr)
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
