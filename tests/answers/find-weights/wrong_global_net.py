"""The argument is called net, and the body uses rgnet of the notebook.

misconception: uses-global-net
points: 0
"""


def block1():
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

def block2():
    net = nn.Sequential()
    for i in range(4):
        net.add_module(f"block {i}", block1())
    return net

rgnet = nn.Sequential(block2(), nn.Linear(4, 1))

def block2_second_linear_weight(net):
    return rgnet.get_parameter("0.block 2.2.weight")


def outer_linear_weight(net):
    return rgnet.get_parameter("1.weight")
