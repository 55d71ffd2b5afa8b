"""Notes NumPy float64 numbers, and prints.

advice: print-left-behind
"""

import numpy as np


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses, norms = [], []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(np.float64(loss.item()))
        norms.append(net.shared.weight.grad.norm().item())
        optimizer.step()
        if num_steps > 100:
            print(loss.item())
    return {'loss': losses, 'shared_grad_norm': norms}
