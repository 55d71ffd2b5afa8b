"""Sets gradients to zero that are not there yet.

misconception: grad-is-none
points: 0
"""


def train_shared(net, X, y, lr, num_steps):
    losses, norms = [], []
    for _ in range(num_steps):
        for p in net.parameters():
            p.grad.zero_()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad
    return {'loss': losses, 'shared_grad_norm': norms}
