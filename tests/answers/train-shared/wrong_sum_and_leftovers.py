"""Sums the squared errors and clears after each step only.

misconception: loss-sum, leftovers
points: 2
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        loss = F.mse_loss(net(X), y, reduction='sum')
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
        optimizer.zero_grad()
    return {'loss': losses, 'shared_grad_norm': norms}
