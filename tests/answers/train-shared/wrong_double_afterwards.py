"""Leaves the net in float64.

misconception: dtype-changed
points: 4
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    net.double()
    return {'loss': losses, 'shared_grad_norm': norms}
