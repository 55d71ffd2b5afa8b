"""Names that begin with head.

misconception: by-prefix
points: 4
"""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    net.zero_grad()
    for name, parameter in net.named_parameters():
        parameter.requires_grad_(name.startswith('head'))
    optimizer = torch.optim.SGD((p for p in net.parameters() if p.requires_grad), lr=lr)
    losses = []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    for module, training in modes:
        module.training = training
    return losses
