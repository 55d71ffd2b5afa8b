"""Recursive freezing."""


def freeze(module, keep):
    if module is keep:
        return []
    changed = [(module, module.training)]
    module.training = False
    for p in module.parameters(recurse=False):
        p.requires_grad_(False)
        p.grad = None
    for child in module.children():
        changed += freeze(child, keep)
    return changed

def fine_tune(net, X, y, lr, num_steps):
    changed = freeze(net, net.head)
    for p in net.head.parameters():
        p.requires_grad_(True)
        p.grad = None
    losses = []
    opt = torch.optim.SGD(net.head.parameters(), lr=lr)
    for _ in range(num_steps):
        loss = F.mse_loss(net(X), y)
        losses.append(loss.item())
        opt.zero_grad()
        loss.backward()
        opt.step()
    for m, t in changed:
        m.training = t
    return losses
