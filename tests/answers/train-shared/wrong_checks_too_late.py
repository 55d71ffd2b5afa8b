"""Looks at the number of steps after each step, and cuts the lists.

misconception: moves-without-steps
points: 4
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    while True:
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
        if len(losses) >= num_steps:
            break
    return {'loss': losses[:num_steps], 'shared_grad_norm': norms[:num_steps]}
