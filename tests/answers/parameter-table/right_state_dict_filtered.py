"""state_dict for the values, the names of the parameters to choose among them."""


def parameter_table(net):
    values = net.state_dict()
    return [(name, values[name].shape, values[name].numel()) for name, _ in net.named_parameters()]
