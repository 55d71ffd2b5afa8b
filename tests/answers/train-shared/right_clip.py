"""Reads the norm off clip_grad_norm_ with no limit, after the step."""


def train_shared(net, X, y, lr, num_steps):
    trainer = torch.optim.SGD([{'params': list(net.parameters())}], lr=lr, momentum=0)
    result = {'loss': [], 'shared_grad_norm': []}
    for _ in range(num_steps):
        def closure():
            trainer.zero_grad()
            loss = torch.square(net(X) - y).mean()
            loss.backward()
            return loss
        result['loss'].append(trainer.step(closure).item())
        result['shared_grad_norm'].append(
            torch.nn.utils.clip_grad_norm_([net.shared.weight], float('inf')).item())
    return result
