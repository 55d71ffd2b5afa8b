"""Leaves the net in float64.

misconception: dtype-changed
points: 4
"""


def watch_layers(net, X, y, lr, num_steps):
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
    net.double()
    return history
