"""Sets requires_grad to False on all others, 'to get hold of just this one', and prints instead of returning for the outer one.

misconception: returned-nothing, changes-net
points: 2
"""


def block2_second_linear_weight(rgnet):
    wanted = rgnet.get_parameter("0.block 2.2.weight")
    for p in rgnet.parameters():
        p.requires_grad = p is wanted
    return wanted


def outer_linear_weight(rgnet):
    print(rgnet.get_parameter("1.weight"))
