"""What a net is made of, and what in it PyTorch cannot see.

    d2l_ch3.inspect(net)           # in a notebook: a tree to fold and unfold
    print(d2l_ch3.inspect(net))    # the same as text

Looking runs none of the net's code: no forward, no property, no ``parameters()``. It
reads each module's ``__dict__``, where nn.Module keeps its registers (``_modules``,
``_parameters``, ``_buffers``) and where everything else lies that was assigned to an
attribute. A module or tensor that lies there, in an attribute, list, tuple, dict or set,
without being in a register is one that PyTorch cannot see.
"""

import torch
from torch import nn

from d2l_ch3.inspector.inspection import Finding, Inspection
from d2l_ch3.inspector.tree import Block, TensorInfo, Walk
from d2l_ch3.language import Text

__all__ = ["Block", "Finding", "Inspection", "TensorInfo", "inspect"]

_NOT_A_NET = Text("inspect 要的是一个网络（nn.Module 的实例），得到的是 {got}",
                  "inspect wants a net (an instance of nn.Module), not {got}")


def inspect(net: nn.Module, *, name: str = "net") -> Inspection:
    """Look at a net without running any of its code; `name` is what the paths call it."""
    if not issubclass(type(net), nn.Module):
        got = f"{net.__name__} (class)" if isinstance(net, type) else type(net).__name__
        raise TypeError(str(_NOT_A_NET.format(got=got)))
    with torch.no_grad(), torch._C.DisableTorchFunctionSubclass():
        return Inspection(Walk(net, name).block(net, name, name))
