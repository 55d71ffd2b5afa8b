"""Seeds each call for reproducibility, and walks m.modules() itself.

misconception: same-every-time
points: 3
"""


def lopsided_init(m):
    for layer in m.modules():
        if isinstance(layer, nn.Linear):
            torch.manual_seed(0)
            die = torch.randint(6, layer.weight.shape)
            v = torch.rand(layer.weight.shape)
            with torch.no_grad():
                layer.weight.copy_(torch.where(die < 3, 1 + v, torch.where(die < 5, 0.0, -4 + 2 * v)))
                if layer.bias is not None:
                    layer.bias.zero_()
