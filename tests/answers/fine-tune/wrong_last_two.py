"""Takes the last two parameters for the head.

misconception: not-frozen
points: 2
"""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    net.zero_grad()
    for parameter in list(net.parameters())[:-2]:
        parameter.requires_grad_(False)
    optimizer = torch.optim.SGD(list(net.parameters())[-2:], lr=lr)
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
