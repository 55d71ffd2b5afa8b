"""Clears first and reads then; the gradient is 0.

misconception: norm-after-zeroing
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
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
        norms.append(net.shared.weight.grad.norm().item())
    return {'loss': losses, 'shared_grad_norm': norms}
