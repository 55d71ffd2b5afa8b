"""The norm of both parameters of the shared layer.

misconception: norm-of-another
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
        norms.append(torch.cat([p.grad.flatten() for p in net.shared.parameters()]).norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
