"""Casts the labels to float32: a net in float64 is trained on rounded ones.

misconception: float32-inside
points: 4
"""

def train_shared(net, X, y, lr, num_steps):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    history = {"loss": [], "shared_grad_norm": []}
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y.float())
        loss.backward()
        history["loss"].append(loss.item())
        history["shared_grad_norm"].append(net.shared.weight.grad.norm().item())
        optimizer.step()
    return history
