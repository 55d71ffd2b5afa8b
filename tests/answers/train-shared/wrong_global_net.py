"""The argument is called model; the notebook has a net.

misconception: uses-global
points: 0
"""

net = nn.Sequential()
for name, layer in (('first', nn.Linear(3, 4)), ('shared', nn.Linear(4, 4)), ('out', nn.Linear(4, 2))):
    net.add_module(name, layer)


def train_shared(model, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
