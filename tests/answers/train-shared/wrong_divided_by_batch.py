"""The sgd of the first chapters, which divides by the batch size.

misconception: divided-by-batch
points: 3
"""


def train_shared(net, X, y, lr, num_steps):
    losses, norms = [], []
    for _ in range(num_steps):
        net.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad / len(X)
    return {'loss': losses, 'shared_grad_norm': norms}
