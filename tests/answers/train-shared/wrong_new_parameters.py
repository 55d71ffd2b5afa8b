"""Puts new parameters into the layers.

misconception: replaces-parameters
points: 4
"""


def train_shared(net, X, y, lr, num_steps):
    losses, norms = [], []
    for _ in range(num_steps):
        net.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        norms.append(net.shared.weight.grad.norm().item())
        for layer in net.modules():
            if isinstance(layer, nn.Linear):
                layer.weight = nn.Parameter(layer.weight.detach() - lr * layer.weight.grad)
                layer.bias = nn.Parameter(layer.bias.detach() - lr * layer.bias.grad)
    return {'loss': losses, 'shared_grad_norm': norms}
