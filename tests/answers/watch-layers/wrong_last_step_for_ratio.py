"""The ratio takes the norm after the step.

misconception: ratio-after-step
points: 4
"""


def watch_layers(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    history = {name: {"norm": [], "grad_norm": [], "ratio": []} for name, _ in net.named_parameters()}
    for _ in range(num_steps):
        optimizer.zero_grad()
        F.mse_loss(net(X), y).backward()
        for name, parameter in net.named_parameters():
            history[name]["norm"].append(parameter.norm().item())
            history[name]["grad_norm"].append(0.0 if parameter.grad is None else parameter.grad.norm().item())
        optimizer.step()
        for name, parameter in net.named_parameters():
            history[name]["ratio"].append(lr * history[name]["grad_norm"][-1] / (parameter.norm().item() + 1e-12))
    return history
