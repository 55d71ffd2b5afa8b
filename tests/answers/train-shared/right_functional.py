"""torch.func computes value and gradient, nothing is recorded in .grad."""


def train_shared(net, X, y, lr, num_steps):
    def loss_of(params):
        return F.mse_loss(torch.func.functional_call(net, params, (X,)), y)

    params = {name: p.detach() for name, p in net.named_parameters()}
    losses, norms = [], []
    for _ in range(num_steps):
        grads, loss = torch.func.grad_and_value(loss_of)(params)
        losses.append(loss.item())
        norms.append(torch.linalg.vector_norm(grads['shared.weight']).item())
        for name, p in params.items():
            p.sub_(lr * grads[name])
    return {'loss': losses, 'shared_grad_norm': norms}
