"""Leaves the net in float64.

misconception: dtype-changed
points: 4
"""


def train_shared(net, X, y, lr, num_steps):
    params = dict(net.named_parameters())
    losses, norms = [], []
    criterion = nn.MSELoss()
    for _ in range(num_steps):
        loss = criterion(net(X), y)
        grads = dict(zip(params, torch.autograd.grad(loss, list(params.values()))))
        norms.append(torch.linalg.norm(grads['shared.weight']).item())
        losses.append(loss.detach().item())
        for name, p in params.items():
            p.data = p.data - lr * grads[name]
    net.double()
    return dict(loss=losses, shared_grad_norm=norms)
