"""The lists live on between calls.

misconception: shared-between-calls
points: 4
"""


def train_shared(net, X, y, lr, num_steps, losses=[], norms=[]):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
