"""Takes the next 16 samples in each step.

misconception: mini-batches
points: 3
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for i in range(num_steps):
        start = 16 * (i % ((len(X) + 15) // 16))
        batch = slice(start, start + 16)
        optimizer.zero_grad()
        loss = F.mse_loss(net(X[batch]), y[batch])
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
