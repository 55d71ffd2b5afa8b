"""One optimiser per trainable parameter; net.train untouched."""


def watch_layers(net, X, y, lr, num_steps):
    named = list(net.named_parameters())
    opts = [torch.optim.SGD([p], lr=lr) for _, p in named if p.requires_grad]
    for _, p in named:
        if p.grad is not None:
            p.grad = None
    hist = {k: {"norm": [], "grad_norm": [], "ratio": []} for k, _ in named}
    for _ in range(num_steps):
        for o in opts:
            o.zero_grad()
        F.mse_loss(net(X), y).backward()
        for k, p in named:
            h = hist[k]
            n = (p * p).sum().sqrt().item()
            h["norm"].append(n)
            g = 0.0 if p.grad is None else (p.grad * p.grad).sum().sqrt().item()
            h["grad_norm"].append(g)
            h["ratio"].append((lr * g) / (n + 1e-12))
        for o in opts:
            o.step()
    return hist
