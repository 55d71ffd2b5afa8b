"""Goes through minibatches of 32 by slicing; every step takes the next slice.

misconception: mini-batches
points: 3
"""


def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    history = {"loss": [], "shared_grad_norm": []}
    start = 0
    for _ in range(num_steps):
        Xb, yb = X[start:start + 32], y[start:start + 32]
        start = start + 32 if start + 32 < len(X) else 0
        optimizer.zero_grad()
        loss = F.mse_loss(net(Xb), yb)
        loss.backward()
        history["loss"].append(loss.item())
        history["shared_grad_norm"].append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return history
