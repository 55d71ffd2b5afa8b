"""Steps on the mean squared error, notes its root.

misconception: other-number-noted
points: 4
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.sqrt().item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
