"""Clears the gradients between backward and step.

misconception: rebinds
points: 3
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.zero_grad()
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
