"""All parameters are thawed, and frozen again at the end.

misconception: moves-frozen
points: 4
"""


def watch_layers(net, X, y, lr, num_steps):
    frozen = [p for p in net.parameters() if not p.requires_grad]
    net.requires_grad_(True)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    history = {name: {"norm": [], "grad_norm": [], "ratio": []} for name, _ in net.named_parameters()}
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        for name, parameter in net.named_parameters():
            norm = parameter.norm().item()
            grad_norm = 0.0 if parameter.grad is None else parameter.grad.norm().item()
            history[name]["norm"].append(norm)
            history[name]["grad_norm"].append(grad_norm)
            history[name]["ratio"].append(lr * grad_norm / (norm + 1e-12))
        optimizer.step()
    for p in frozen:
        p.requires_grad_(False)
    return history
