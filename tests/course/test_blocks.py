"""The blocks of chapter 1 do what the chapter says of them."""

import copy
from math import ceil, log2

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from d2l_ch3.blocks import MLP, FixedHiddenMLP, MySequential, NestMLP


@pytest.fixture(autouse=True)
def seed() -> None:
    torch.manual_seed(0)


def outputs_of(layer: nn.Module, seen: list[Tensor]) -> torch.utils.hooks.RemovableHandle:
    """Put what the layer gives into `seen`, call by call."""
    return layer.register_forward_hook(lambda module, args, output: seen.append(output.detach()))


# --- shapes --------------------------------------------------------------------------------------

@pytest.mark.parametrize("leading", [(), (2,), (3, 2)])
@pytest.mark.parametrize(("net", "shape"), [(MLP, (10,)), (NestMLP, (16,))])
def test_the_last_dimension_changes_and_the_others_stay(
        net: type[nn.Module], shape: tuple[int, ...], leading: tuple[int, ...]) -> None:
    assert net()(torch.rand(*leading, 20)).shape == leading + shape


@pytest.mark.parametrize("leading", [(), (2,), (3, 2)])
def test_fixed_hidden_mlp_gives_a_scalar(leading: tuple[int, ...]) -> None:
    assert FixedHiddenMLP()(torch.rand(*leading, 20)).shape == ()


def test_the_chimera_gives_a_scalar_and_reaches_all_its_parameters() -> None:
    chimera = nn.Sequential(NestMLP(), nn.Linear(16, 20), FixedHiddenMLP())
    y = chimera(torch.rand(2, 20))
    y.backward()
    assert y.shape == ()
    assert len(list(chimera.parameters())) == 10
    assert len(chimera.state_dict()) == 11
    assert all(parameter.grad is not None and parameter.grad.any() for parameter in chimera.parameters())


# --- MLP -----------------------------------------------------------------------------------------

def test_mlp_computes_what_its_layers_say() -> None:
    net, X = MLP(), torch.randn(5, 20)
    hidden = (X @ net.hidden.weight.T + net.hidden.bias).clamp(min=0)
    torch.testing.assert_close(net(X), hidden @ net.out.weight.T + net.out.bias)


def test_mlp_registers_its_layers_under_their_names() -> None:
    assert list(MLP().state_dict()) == ["hidden.weight", "hidden.bias", "out.weight", "out.bias"]


def test_two_instances_stay_two_models_when_trained() -> None:
    X, y = torch.randn(64, 20), torch.randint(10, (64,))
    nets = [MLP(), MLP()]
    before = [net(X).detach() for net in nets]
    for net in nets:
        optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
        for _ in range(20):
            optimizer.zero_grad()
            F.cross_entropy(net(X), y).backward()
            optimizer.step()
    assert not torch.allclose(*before)
    assert not torch.allclose(nets[0](X), nets[1](X))
    assert all(F.cross_entropy(net(X), y) < F.cross_entropy(start, y) for net, start in zip(nets, before, strict=True))


# --- MySequential --------------------------------------------------------------------------------

def test_my_sequential_computes_what_sequential_does() -> None:
    blocks, X = [nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10)], torch.randn(2, 20)
    assert torch.equal(MySequential(*blocks)(X), nn.Sequential(*blocks)(X))


def test_my_sequential_calls_its_blocks_in_order() -> None:
    net, X = MySequential(nn.Flatten(), nn.Softmax(dim=1), nn.Unflatten(1, (3, 4))), torch.randn(2, 3, 4)
    torch.testing.assert_close(net(X), X.flatten(1).softmax(dim=1).reshape(2, 3, 4))


def test_my_sequential_registers_its_blocks() -> None:
    net = MySequential(nn.Linear(3, 4), nn.Dropout(), nn.Linear(4, 1))
    same = nn.Sequential(*net.children())
    assert list(net.state_dict()) == list(same.state_dict())
    assert [*net.parameters()] == [*same.parameters()]
    visited: list[nn.Module] = []
    net.to(torch.float64).eval().apply(visited.append)
    assert visited == [*net.children(), net]
    assert all(parameter.dtype == torch.float64 for parameter in net.parameters())
    assert not any(block.training for block in net.children())


def test_my_sequential_without_blocks_gives_back_what_it_gets() -> None:
    X = torch.randn(2, 3)
    assert MySequential()(X) is X


def test_my_sequential_runs_a_block_given_twice_twice() -> None:
    layer, X = nn.Linear(4, 4), torch.randn(2, 4)
    net = MySequential(layer, layer)
    torch.testing.assert_close(net(X), layer(layer(X)))
    assert len(list(net.parameters())) == 2


def test_my_sequential_calls_its_blocks_so_that_hooks_run() -> None:
    layer, seen = nn.Linear(3, 2), []
    outputs_of(layer, seen)
    MySequential(layer)(torch.randn(1, 3))
    assert len(seen) == 1


# --- FixedHiddenMLP ------------------------------------------------------------------------------

def last_before_halving(net: FixedHiddenMLP, X: Tensor) -> tuple[Tensor, Tensor]:
    """What the linear layer gave last, and what the net gave."""
    seen: list[Tensor] = []
    handle = outputs_of(net.linear, seen)
    y = net(X)
    handle.remove()
    assert len(seen) == 2, "the one linear layer is used twice"
    return seen[-1], y


@pytest.mark.parametrize(("scale", "times"), [(1, 4), (100, 7), (1000, 10)])
def test_it_halves_as_often_as_the_norm_asks(scale: float, times: int) -> None:
    X = torch.rand(2, 20)
    H, y = last_before_halving(FixedHiddenMLP(), X * scale)
    assert ceil(log2(H.abs().sum())) == times
    torch.testing.assert_close(y, (H / 2**times).sum())


def test_it_does_not_halve_what_is_small_already() -> None:
    net = FixedHiddenMLP()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.mul_(0.001)
    H, y = last_before_halving(net, torch.rand(2, 20))
    assert 0 < H.abs().sum() < 1
    torch.testing.assert_close(y, H.sum())


def test_the_constant_is_in_the_formula() -> None:
    net, X = FixedHiddenMLP(), torch.rand(2, 20)
    seen, _ = last_before_halving(net, X)
    torch.testing.assert_close(seen, net.linear(F.relu(net.linear(X) @ net.rand_weight + 1)))


@pytest.mark.parametrize("optimizer", [torch.optim.SGD, torch.optim.Adam])
def test_no_optimizer_touches_the_constant(optimizer: type[torch.optim.Optimizer]) -> None:
    net, X = FixedHiddenMLP(), torch.rand(2, 20)
    before = copy.deepcopy(net.state_dict())
    steps = optimizer(net.parameters(), lr=0.1, weight_decay=0.1)  # type: ignore[call-arg]
    for _ in range(3):
        steps.zero_grad()
        net(X).backward()
        steps.step()
    assert torch.equal(net.rand_weight, before["rand_weight"])
    assert not torch.equal(net.linear.weight, before["linear.weight"])
    assert not torch.equal(net.linear.bias, before["linear.bias"])


def test_the_constant_is_saved_and_moved_and_no_parameter() -> None:
    net, other, X = FixedHiddenMLP(), FixedHiddenMLP(), torch.rand(2, 20)
    assert list(net.state_dict()) == ["rand_weight", "linear.weight", "linear.bias"]
    assert [name for name, _ in net.named_parameters()] == ["linear.weight", "linear.bias"]
    assert not torch.equal(net.rand_weight, other.rand_weight)
    other.load_state_dict(net.state_dict())
    assert torch.equal(other(X), net(X))
    assert net.to(torch.float64)(X.double()).dtype == torch.float64


def test_gradients_reach_the_input_through_both_uses_and_the_halving() -> None:
    net = FixedHiddenMLP().double()
    X = torch.rand(2, 20, dtype=torch.float64, requires_grad=True)
    torch.autograd.gradcheck(net, X)


@pytest.mark.parametrize("net", [MLP, NestMLP, FixedHiddenMLP])
def test_the_input_stays_as_it_was(net: type[nn.Module]) -> None:
    X = torch.rand(2, 20)
    before = X.clone()
    net()(X)
    assert torch.equal(X, before)


# --- NestMLP -------------------------------------------------------------------------------------

def test_nest_mlp_computes_what_its_blocks_say() -> None:
    net, X = NestMLP(), torch.randn(3, 20)
    first, _, second, _ = net.net
    torch.testing.assert_close(net(X), net.linear(second(first(X).relu()).relu()))


def test_nest_mlp_names_tell_the_way() -> None:
    assert list(NestMLP().state_dict()) == [
        f"{layer}.{kind}" for layer in ("net.0", "net.2", "linear") for kind in ("weight", "bias")]
