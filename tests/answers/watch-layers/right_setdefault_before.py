"""Lists made by a helper."""


def _empty(net):
    return {name: dict(norm=[], grad_norm=[], ratio=[]) for name in dict(net.named_parameters())}


def _note(lists, p, lr):
    norm = float(torch.linalg.vector_norm(p.detach()))
    grad = 0.0
    if p.grad is not None:
        grad = float(torch.linalg.vector_norm(p.grad))
    lists["norm"].append(norm)
    lists["grad_norm"].append(grad)
    lists["ratio"].append(lr * grad / (norm + 1e-12))


def watch_layers(net, X, y, lr, num_steps):
    history = _empty(net)
    loss_function = nn.MSELoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss_function(net(X), y).backward()
        for name, p in net.named_parameters():
            _note(history[name], p, lr)
        optimizer.step()
    return history
