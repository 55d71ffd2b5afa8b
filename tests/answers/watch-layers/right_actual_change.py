"""The ratio from what the step really changed."""


def watch_layers(net, X, y, lr, num_steps):
    opt = torch.optim.SGD(net.parameters(), lr)
    history = {name: {"norm": [], "grad_norm": [], "ratio": []} for name, _ in net.named_parameters()}
    for _ in range(num_steps):
        opt.zero_grad()
        F.mse_loss(net(X), y).backward()
        old = {name: p.detach().clone() for name, p in net.named_parameters()}
        opt.step()
        for name, p in net.named_parameters():
            history[name]["norm"].append(old[name].norm().item())
            history[name]["grad_norm"].append(p.grad.norm().item() if p.grad is not None else 0.0)
            change = (p.detach() - old[name]).norm().item()
            history[name]["ratio"].append(change / (old[name].norm().item() + 1e-12))
    return history
