"""Returns the pair that named_parameters gives.

misconception: returned-container
points: 3
"""


def block2_second_linear_weight(rgnet):
    for item in rgnet.named_parameters():
        if item[0] == "0.block 2.2.weight":
            return item


def outer_linear_weight(rgnet):
    for item in rgnet.named_parameters():
        if item[0] == "1.weight":
            return item
