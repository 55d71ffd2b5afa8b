"""Goes through the children by name."""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    for name, child in net.named_children():
        for parameter in child.parameters():
            parameter.requires_grad_(name == 'head')
            parameter.grad = None
    optimizer = torch.optim.SGD(net.head.parameters(), lr=lr)
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
