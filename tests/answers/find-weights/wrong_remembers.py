"""Looks the parameters up once and keeps them for every later net.

misconception: shared-between-calls
points: 2
"""

found = {}


def block2_second_linear_weight(rgnet):
    if 'block 2' not in found:
        found['block 2'] = getattr(rgnet[0], 'block 2')[2].weight
    return found['block 2']


def outer_linear_weight(rgnet):
    if 'outer' not in found:
        found['outer'] = rgnet[1].weight
    return found['outer']
