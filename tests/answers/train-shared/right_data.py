"""The old style with .data, the sum divided by the number of elements.

advice: data
"""


def train_shared(net, X, y, lr, num_steps):
    losses, norms = [0.0] * num_steps, [0.0] * num_steps
    for i in range(num_steps):
        for p in net.parameters():
            p.grad = None
        loss = (net(X) - y).pow(2).sum() / y.numel()
        loss.backward()
        for p in net.parameters():
            p.data.add_(p.grad, alpha=-lr)
        losses[i] = loss.item()
        norms[i] = net.shared.weight.grad.pow(2).sum().item() ** 0.5
    return {'shared_grad_norm': norms, 'loss': losses, 'steps': num_steps}
