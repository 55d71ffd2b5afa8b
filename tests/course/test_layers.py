"""The layers of chapter 3: what they compute, what they register, and that they learn."""

import pytest
import torch
from torch import nn
from torch.autograd import gradcheck
from torch.func import functional_call
from torch.nn import functional as F

from d2l_ch3.layers import CenteredLayer, MyLinear


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


def test_centred_one_to_five() -> None:
    X = torch.tensor([1.0, 2, 3, 4, 5])
    assert CenteredLayer()(X).tolist() == [-2, -1, 0, 1, 2]
    assert X.tolist() == [1, 2, 3, 4, 5]


def test_centred_has_no_parameters() -> None:
    layer = CenteredLayer()
    assert not list(layer.parameters())
    assert not layer.state_dict()


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 1e-6), (torch.float64, 1e-14)])
def test_centred_behind_a_linear_layer(dtype: torch.dtype, tolerance: float) -> None:
    net = nn.Sequential(nn.Linear(8, 128), CenteredLayer()).to(dtype)
    Y = net(torch.rand(4, 8, dtype=dtype))
    assert Y.shape == (4, 128)
    assert Y.dtype == dtype
    assert abs(Y.mean().item()) < tolerance


def test_centred_over_the_whole_batch() -> None:
    X = torch.tensor([[1.0, 2, 3], [7, 8, 9]])
    assert CenteredLayer()(X).tolist() == [[-4, -3, -2], [2, 3, 4]]


@pytest.mark.parametrize("shape", [(5,), (2, 5), (2, 4, 5), (0, 5)])
def test_my_linear_is_linear_and_relu(shape: tuple[int, ...]) -> None:
    layer, reference, X = MyLinear(5, 3), nn.Linear(5, 3), torch.randn(shape)
    with torch.no_grad():
        reference.weight.copy_(layer.weight.T)
        reference.bias.copy_(layer.bias)
    Y = layer(X)
    assert Y.shape == (*shape[:-1], 3)
    torch.testing.assert_close(Y, F.relu(reference(X)))


def test_my_linear_registers_weight_and_bias() -> None:
    layer = MyLinear(5, 3)
    shapes = {name: tuple(parameter.shape) for name, parameter in layer.named_parameters()}
    assert shapes == {"weight": (5, 3), "bias": (3,)}
    assert repr(layer) == "MyLinear(in_units=5, units=3)"


def test_my_linear_has_right_gradients() -> None:
    layer = MyLinear(5, 3).double()
    X = torch.randn(4, 5, dtype=torch.float64, requires_grad=True)

    def run(X: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        return functional_call(layer, {"weight": weight, "bias": bias}, (X,))

    assert gradcheck(run, (X, layer.weight, layer.bias))


def test_my_linear_survives_saving() -> None:
    old, new, X = MyLinear(5, 3), MyLinear(5, 3), torch.randn(4, 5)
    assert not torch.equal(old(X), new(X))
    new.load_state_dict(old.state_dict())
    assert torch.equal(old(X), new(X))


def test_my_linear_nets_stack_and_learn() -> None:
    net = nn.Sequential(MyLinear(64, 8), MyLinear(8, 1))
    X = torch.rand(32, 64)
    y = 1 + X.mean(dim=1, keepdim=True)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.001)
    losses = []
    for _ in range(100):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert net(X).shape == (32, 1)
    assert losses[-1] < losses[0] / 10
