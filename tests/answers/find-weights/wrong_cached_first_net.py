"""Fills a dict that is a default argument at the first call, and looks up there ever after.

misconception: shared-between-calls
points: 2
"""


def block2_second_linear_weight(rgnet, table={}):
    if not table:
        table.update(rgnet.named_parameters())
    return table["0.block 2.2.weight"]


def outer_linear_weight(rgnet, table={}):
    if not table:
        table.update(rgnet.named_parameters())
    return table["1.weight"]
