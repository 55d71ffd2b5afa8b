"""Trains a copy, in order not to spoil the net.

misconception: trains-a-copy
points: 3
"""


import copy


def train_shared(net, X, y, lr, num_steps):
    net = copy.deepcopy(net)
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
