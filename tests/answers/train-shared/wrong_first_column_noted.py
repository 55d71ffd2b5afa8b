"""Notes the loss of the first column only.

misconception: wrong-numbers
points: 4
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(F.mse_loss(net(X)[:, 0], y[:, 0]).item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
