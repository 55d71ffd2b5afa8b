"""Clears before the first step and after each."""


import math


def train_shared(net: nn.Module, X, y, lr: float, num_steps: int) -> dict[str, list[float]]:
    net.train()
    opt = torch.optim.SGD(net.parameters(), lr)
    opt.zero_grad(set_to_none=False)
    out = {'loss': [], 'shared_grad_norm': []}
    while len(out['loss']) < num_steps:
        l = nn.functional.mse_loss(net(X), y, reduction='mean')
        l.backward()
        out['shared_grad_norm'].append(math.sqrt(sum(g * g for g in net.shared.weight.grad.flatten().tolist())))
        opt.step()
        opt.zero_grad()
        out['loss'].append(l.item())
    return out
