"""A list of dicts per step.

misconception: list-missing
points: 2
"""


def watch_layers(net, X, y, lr, num_steps):
    history = {name: [] for name, _ in net.named_parameters()}
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_steps):
        optimizer.zero_grad()
        F.mse_loss(net(X), y).backward()
        for name, p in net.named_parameters():
            n = p.norm().item()
            g = p.grad.norm().item() if p.grad is not None else 0.0
            history[name].append({"norm": n, "grad_norm": g, "ratio": lr * g / (n + 1e-12)})
        optimizer.step()
    return history
