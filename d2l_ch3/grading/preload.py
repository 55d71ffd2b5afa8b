"""Imports and reads what notebooks of this course use, and lets probes run on a stand-in, since torch imports much only
when it is used. For the process that all others are forked from: it starts no thread.
"""

import copy

import torch
from torch import nn

from d2l_ch3 import blocks, checks, layers, parameters  # noqa: F401
from d2l_ch3.checks.catalogue import common, habits, words
from d2l_ch3.checks.check import quiet
from d2l_ch3.checks.markup import template

_STAND_INS = {"class": nn.Identity, "plain class": object, "function": lambda *_, **__: None, "dict": {}}
_net = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
nn.MSELoss()(_net(torch.rand(2, 2)), torch.rand(2, 2)).backward()
_net.load_state_dict(copy.deepcopy(_net).state_dict())
str(_net), repr(_net[0].weight)
template("card.html"), common(), habits()


def run_probe(name: str) -> None:
    """Let the probe of an exercise run. The first that makes an optimizer imports more than torch itself."""
    exercise, _ = checks.exercise(name), words(name)
    with quiet(0):
        exercise.probe(0, *(_STAND_INS[argument.kind] for argument in exercise.takes))
