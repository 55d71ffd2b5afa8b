"""Restores buffers at the end, never eval.

misconception: not-in-evaluation
points: 4
"""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(module, module.training) for module in net.modules()]
    kept = {n: b.clone() for n, b in net.named_buffers()}
    net.requires_grad_(False)
    net.zero_grad()
    net.head.requires_grad_(True)
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
    for n, b in net.named_buffers():
        b.copy_(kept[n])
    return losses
