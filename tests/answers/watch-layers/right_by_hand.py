"""No optimizer: the update by hand under no_grad."""


def watch_layers(net, X, y, lr, num_steps):
    history = {}
    for name, p in net.named_parameters():
        history[name] = {"norm": [], "grad_norm": [], "ratio": []}
    for step in range(num_steps):
        net.zero_grad()
        ((net(X) - y) ** 2).mean().backward()
        with torch.no_grad():
            for name, p in net.named_parameters():
                n = torch.sqrt((p ** 2).sum())
                g = torch.sqrt((p.grad ** 2).sum()) if p.grad is not None else torch.tensor(0.0)
                history[name]["norm"].append(n.item())
                history[name]["grad_norm"].append(g.item())
                history[name]["ratio"].append((lr * g / (n + 1e-12)).item())
                if p.grad is not None:
                    p -= lr * p.grad
    return history
