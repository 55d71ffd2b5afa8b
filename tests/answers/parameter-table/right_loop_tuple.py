"""A loop, the shape as a plain tuple."""


def parameter_table(net: nn.Module) -> list[tuple[str, tuple, int]]:
    table = []
    for name, param in net.named_parameters():
        table.append((name, tuple(param.shape), param.nelement()))
    return table
