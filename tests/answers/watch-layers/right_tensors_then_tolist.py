"""Tensors meanwhile, floats in the end."""


def watch_layers(net, X, y, lr, num_steps):
    named = list(net.named_parameters())
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    norms, grads = [], []
    for _ in range(num_steps):
        optimizer.zero_grad()
        F.mse_loss(net(X), y).backward()
        norms.append([p.detach().norm() for _, p in named])
        grads.append([torch.zeros(()) if p.grad is None else p.grad.norm() for _, p in named])
        optimizer.step()
    history = {}
    for k, (name, _) in enumerate(named):
        n = [float(row[k]) for row in norms]
        g = [float(row[k]) for row in grads]
        history[name] = {"norm": n, "grad_norm": g, "ratio": [lr * b / (a + 1e-12) for a, b in zip(n, g)]}
    return history
