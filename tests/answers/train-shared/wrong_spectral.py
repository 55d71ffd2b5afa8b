"""linalg.norm with ord=2 is the largest singular value.

misconception: norm-formula
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
        norms.append(torch.linalg.norm(net.shared.weight.grad, 2).item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
