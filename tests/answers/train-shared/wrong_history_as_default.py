"""The history is a default argument, and lr shrinks by a tenth each step.

misconception: lr-decays, shared-between-calls
points: 2
"""


def train_shared(net, X, y, lr, num_steps, history={"loss": [], "shared_grad_norm": []}):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        history["loss"].append(loss.item())
        history["shared_grad_norm"].append(net.shared.weight.grad.norm().item())
        optimizer.step()
        scheduler.step()
    return history
