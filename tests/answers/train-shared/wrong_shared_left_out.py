"""Updates everything but the shared layer.

misconception: some-not-trained
points: 3
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD([*net.first.parameters(), *net.out.parameters()], lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        net.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
