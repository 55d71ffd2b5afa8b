"""A defaultdict whose entries are touched before the loop."""

from collections import defaultdict


def watch_layers(net, X, y, lr, num_steps):
    history = defaultdict(lambda: {"norm": [], "grad_norm": [], "ratio": []})
    for name, _ in net.named_parameters():
        history[name]
    opt = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_steps):
        net.zero_grad(set_to_none=True)
        loss = ((net(X) - y) ** 2).mean()
        loss.backward()
        for name, p in net.named_parameters():
            h = history[name]
            h["norm"].append(p.norm(2).item())
            h["grad_norm"].append(0.0 if p.grad is None else p.grad.norm(2).item())
            h["ratio"].append(lr * h["grad_norm"][-1] / (h["norm"][-1] + 1e-12))
        opt.step()
    return dict(history)
