"""Steps by hand, names by prefix with the dot."""


def fine_tune(net, X, y, lr, num_steps):
    head = []
    for name, parameter in net.named_parameters():
        parameter.grad = None
        if name.startswith('head.'):
            head.append(parameter)
        else:
            parameter.requires_grad = False
    modes = {module: module.training for module in net.modules()}
    for module in modes:
        module.training = False
    history = []
    for _ in range(num_steps):
        loss = ((net(X) - y) ** 2).mean()
        grads = torch.autograd.grad(loss, head)
        history.append(float(loss.detach()))
        with torch.no_grad():
            for parameter, grad in zip(head, grads):
                parameter -= lr * grad
    for module, mode in modes.items():
        module.training = mode
    return history
