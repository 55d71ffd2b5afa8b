"""Rounds the norm to 4 digits, and takes the ratio to what is left.

misconception: rounded
points: 3
"""


def watch_layers(net, X, y, lr, num_steps):
    history = {name: {"norm": [], "grad_norm": [], "ratio": []} for name, _ in net.named_parameters()}
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        for name, p in net.named_parameters():
            norm = round(p.norm().item(), 4)
            grad_norm = p.grad.norm().item() if p.grad is not None else 0.0
            history[name]["norm"].append(norm)
            history[name]["grad_norm"].append(grad_norm)
            history[name]["ratio"].append(lr * grad_norm / (norm + 1e-12))
        optimizer.step()
    return history
