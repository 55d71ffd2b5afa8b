"""Lists by name, assembled at the end."""


def watch_layers(net, X, y, lr, num_steps):
    norms, grads, ratios = {}, {}, {}
    for d in (norms, grads, ratios):
        for name, _ in net.named_parameters():
            d[name] = []
    net.zero_grad()
    for _ in range(num_steps):
        F.mse_loss(net(X), y, reduction="mean").backward()
        for name, param in net.named_parameters():
            norms[name].append(param.norm().item())
            if param.grad is None:
                grads[name].append(0.0)
                ratios[name].append(0.0)
                continue
            grads[name].append(param.grad.norm().item())
            ratios[name].append(lr * grads[name][-1] / (norms[name][-1] + 1e-12))
            param.requires_grad_(False).sub_(lr * param.grad)
            param.requires_grad_(True)
            param.grad.zero_()
    return {name: {"norm": norms[name], "grad_norm": grads[name], "ratio": ratios[name]} for name in norms}
