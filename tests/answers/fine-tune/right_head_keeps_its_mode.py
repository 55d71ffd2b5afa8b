"""The head itself stays in its mode."""


def fine_tune(net, X, y, lr, num_steps):
    inside = set(net.head.modules())
    outside = [module for module in net.modules() if module not in inside]
    before = [module.training for module in outside]
    own = set(net.head.parameters())
    for parameter in net.parameters():
        if parameter not in own:
            parameter.requires_grad_(False)
            parameter.grad = None
    for module in outside:
        module.training = False
    optimizer = torch.optim.SGD(net.head.parameters(), lr)
    losses = []
    try:
        for step in range(num_steps):
            loss = nn.MSELoss()(net(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    finally:
        for module, mode in zip(outside, before):
            module.training = mode
    return losses
