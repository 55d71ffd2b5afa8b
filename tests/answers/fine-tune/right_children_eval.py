"""Eval on children other than head."""


def fine_tune(net, X, y, lr, num_steps):
    modes = [(m, m.training) for m in net.modules()]
    head_modes = [(m, m.training) for m in net.head.modules()]
    net.training = False
    for name, child in net.named_children():
        if name != "head":
            child.eval()
            child.requires_grad_(False)
    for p in net.parameters(recurse=False):
        p.requires_grad_(False)
    net.head.requires_grad_(True)
    for m, t in head_modes:
        m.training = t
    for p in net.parameters():
        p.grad = None
    sgd = torch.optim.SGD(net.head.parameters(), lr)
    out = []
    for _ in range(num_steps):
        loss = torch.mean((net(X) - y) ** 2)
        out.append(loss.item())
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    for m, t in modes:
        m.training = t
    return out
