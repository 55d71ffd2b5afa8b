"""Draws half of the samples for each step, with a generator of its own that nobody seeds.

misconception: random-output
points: 0
"""


import numpy as np


def train_shared(net, X, y, lr, num_steps):
    rng = np.random.default_rng()
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        some = rng.permutation(len(X))[:len(X) // 2]
        optimizer.zero_grad()
        loss = F.mse_loss(net(X[some]), y[some])
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return {'loss': losses, 'shared_grad_norm': norms}
