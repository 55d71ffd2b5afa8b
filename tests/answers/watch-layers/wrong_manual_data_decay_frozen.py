"""Updates by a freshly computed grad for all, frozen with leftover grad move.

misconception: leftovers-where-none-come
points: 4
"""


def watch_layers(net, X, y, lr, num_steps):
    history = {name: {"norm": [], "grad_norm": [], "ratio": []} for name, _ in net.named_parameters()}
    for _ in range(num_steps):
        for p in net.parameters():
            if p.requires_grad:
                p.grad = None
        loss = F.mse_loss(net(X), y)
        loss.backward()
        for name, p in net.named_parameters():
            norm = p.norm().item()
            grad_norm = p.grad.norm().item() if p.grad is not None else 0.0
            history[name]["norm"].append(norm)
            history[name]["grad_norm"].append(grad_norm)
            history[name]["ratio"].append(lr * grad_norm / (norm + 1e-12))
        with torch.no_grad():
            for p in net.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
    return history
