"""Features from all children but head in order.

misconception: not-its-forward
points: 3
"""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    net.requires_grad_(False)
    net.zero_grad()
    net.head.requires_grad_(True)
    optimizer = torch.optim.SGD(net.head.parameters(), lr=lr)
    losses = []
    features = X
    with torch.no_grad():
        for name, child in net.named_children():
            if name != 'head':
                features = child(features)
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net.head(features), y)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    for module, training in modes:
        module.training = training
    return losses
