"""The update written out, gradients cleared before backward."""


def train_shared(net, X, y, lr, num_steps):
    history = {'loss': [], 'shared_grad_norm': []}
    for step in range(num_steps):
        loss = ((net(X) - y) ** 2).mean()
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad
        history['loss'].append(float(loss))
        history['shared_grad_norm'].append(float((net.shared.weight.grad ** 2).sum().sqrt()))
    return history
