"""A while loop, and a helper."""


def step(net, X, y, optimizer):
    optimizer.zero_grad()
    loss = torch.mean(torch.square(net(X) - y))
    loss.backward()
    optimizer.step()
    return loss.detach().item()


def fine_tune(net, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    net.requires_grad_(False)
    net.zero_grad()
    net.head.requires_grad_(True)
    optimizer = torch.optim.SGD(net.head.parameters(), lr=lr)
    losses = []
    while len(losses) < num_steps:
        losses += [step(net, X, y, optimizer)]
    for module, training in modes:
        module.training = training
    return losses
