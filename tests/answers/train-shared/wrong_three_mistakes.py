"""Momentum, the loss after the step, and the squared norm.

misconception: other-optimizer, loss-after, norm-formula
points: 1
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr, momentum=0.9)
    losses, norms = [], []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        norms.append(net.shared.weight.grad.pow(2).sum().item())
        optimizer.step()
        losses.append(F.mse_loss(net(X), y).item())
    return {'loss': losses, 'shared_grad_norm': norms}
