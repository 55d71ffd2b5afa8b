"""A default list that is never changed, and everything caught.

advice: mutable-default, catches-everything
"""


def train_shared(net, X, y, lr, num_steps, nothing=[]):
    history = {'loss': list(nothing), 'shared_grad_norm': list(nothing)}
    for _ in range(num_steps):
        try:
            for parameter in net.parameters():
                parameter.grad.zero_()
        except Exception:
            pass
        loss = F.mse_loss(net(X), y)
        for p, grad in zip(net.parameters(), torch.autograd.grad(loss, list(net.parameters()))):
            p.grad = grad
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad
        history['loss'].append(loss.item())
        history['shared_grad_norm'].append(net.shared.weight.grad.norm().item())
    return history
