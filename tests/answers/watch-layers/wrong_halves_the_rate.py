"""Halves the learning rate when the loss grows.

misconception: gives-up
points: 4
"""


def watch_layers(net, X, y, lr, num_steps):
    history = {name: {"norm": [], "grad_norm": [], "ratio": []} for name, _ in net.named_parameters()}
    least = float("inf")
    for _ in range(num_steps):
        net.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        if loss.item() > least:
            lr = lr / 2
        least = min(least, loss.item())
        with torch.no_grad():
            for name, p in net.named_parameters():
                norm = p.norm().item()
                grad_norm = p.grad.norm().item() if p.grad is not None else 0.0
                history[name]["norm"].append(norm)
                history[name]["grad_norm"].append(grad_norm)
                history[name]["ratio"].append(lr * grad_norm / (norm + 1e-12))
                if p.grad is not None:
                    p -= lr * p.grad
    return history
