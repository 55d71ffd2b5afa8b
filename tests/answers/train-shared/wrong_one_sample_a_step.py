"""Stochastic in the old sense: each step looks at one sample.

misconception: mini-batches
points: 3
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for i in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X[i % len(X)]), y[i % len(X)])
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
