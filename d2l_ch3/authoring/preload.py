"""Imports what trials need, to be forked from; starts no thread."""

import gc

import torch

from d2l_ch3 import checks
from d2l_ch3.authoring import trials  # noqa: F401
from d2l_ch3.notebooks.exercises import names

for _name in names():
    checks.exercise(_name)

_parameter = torch.nn.Parameter(torch.zeros(1))
_parameter.grad = torch.zeros(1)
torch.optim.SGD([_parameter], lr=1.0).step()  # the first step imports half a second's worth of torch
gc.freeze()
