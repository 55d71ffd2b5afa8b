"""A hook on net.shared.weight notes the norm, and is removed in the end; gradients are cleared at the start and after each step."""


def train_shared(net, X, y, lr, num_steps):
    losses, norms = [], []
    handle = net.shared.weight.register_post_accumulate_grad_hook(lambda p: norms.append(p.grad.pow(2).sum().pow(0.5).item()))
    sgd = torch.optim.SGD([{"params": net.parameters(), "lr": lr}], momentum=0)
    sgd.zero_grad()
    try:
        while len(losses) < num_steps:
            loss = torch.mean(torch.pow(net(X).sub(y), 2))
            losses.append(loss.tolist())
            loss.backward()
            sgd.step()
            sgd.zero_grad()
    finally:
        handle.remove()
    return {"shared_grad_norm": norms, "loss": losses}
