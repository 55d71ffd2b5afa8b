"""Steps by the sign of the gradient.

misconception: unknown-update, later-numbers
points: 1
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
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad.sign()
    return {'loss': losses, 'shared_grad_norm': norms}
