"""What the functions of chapter 2 promise about names, distributions and what they leave alone."""

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from d2l_ch3.parameters import block1, block2, init_42, init_constant, init_normal, init_xavier, my_init

Init = Callable[[nn.Module], None]

INITS = (init_normal, init_constant, init_xavier, init_42, my_init)
SETS_BIAS = (init_normal, init_constant)
DRAWS = (init_normal, init_xavier, my_init)


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


def weight_after(init: Init, in_features: int, out_features: int) -> Tensor:
    layer = nn.Linear(in_features, out_features)
    init(layer)
    return layer.weight.detach()


def assert_uniform(values: Tensor, low: float, high: float) -> None:
    """Bounds, and the Kolmogorov-Smirnov distance to U(low, high), which stays under 1.95/√n but once in a thousand."""
    assert low <= values.min() and values.max() <= high
    places = (values.double().sort().values - low) / (high - low)
    n = len(places)
    steps = torch.arange(1, n + 1, dtype=torch.float64) / n
    distance = max((steps - places).max().item(), (places - steps + 1 / n).max().item())
    assert distance < 1.95 / math.sqrt(n)


# --- nested blocks -------------------------------------------------------------------------------

def test_block1_is_two_linear_layers_with_relu() -> None:
    net = block1()
    assert [type(m) for m in net] == [nn.Linear, nn.ReLU, nn.Linear, nn.ReLU]
    assert net[0].weight.shape == (8, 4) and net[2].weight.shape == (4, 8)
    assert net(torch.rand(2, 4)).shape == (2, 4)


def test_block2_names_its_blocks_in_order() -> None:
    assert [name for name, _ in block2().named_children()] == ["block 0", "block 1", "block 2", "block 3"]


def test_every_inner_block_has_parameters_of_its_own() -> None:
    assert len(list(block2().parameters())) == 16
    assert all(not torch.equal(block2()[i][0].weight, block2()[i][0].weight) for i in range(4))


def test_index_and_name_agree_in_the_nested_net() -> None:
    rgnet = nn.Sequential(block2(), nn.Linear(4, 1))
    assert rgnet[0][1][0].bias is dict(rgnet.named_parameters())["0.block 1.0.bias"]
    assert all(rgnet[0][i] is rgnet.get_submodule(f"0.block {i}") for i in range(4))
    assert list(rgnet.state_dict())[-2:] == ["1.weight", "1.bias"]
    assert rgnet(torch.rand(2, 4)).shape == (2, 1)


# --- what every initialiser promises -------------------------------------------------------------

@pytest.mark.parametrize("init", INITS)
def test_the_parameters_stay_the_same_trainable_leaves(init: Init) -> None:
    layer = nn.Linear(4, 8)
    weight, bias, old = layer.weight, layer.bias, layer.weight.detach().clone()
    init(layer)
    assert layer.weight is weight and layer.bias is bias
    assert type(weight) is nn.Parameter and weight.is_leaf and weight.requires_grad and weight.grad is None
    assert not torch.equal(weight, old)
    layer(torch.rand(2, 4)).sum().backward()
    assert weight.grad is not None


@pytest.mark.parametrize("init", INITS)
def test_subclasses_of_linear_are_meant_too(init: Init) -> None:
    class Subclass(nn.Linear):
        pass

    layer = Subclass(4, 8)
    old = layer.weight.detach().clone()
    init(layer)
    assert not torch.equal(layer.weight, old)


@pytest.mark.parametrize("init", INITS)
def test_other_modules_stay_as_they_are(init: Init) -> None:
    net = nn.Sequential(nn.Conv1d(2, 3, 1), nn.ReLU(), nn.BatchNorm1d(3), nn.Bilinear(2, 2, 2))
    old = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    net.apply(init)
    assert all(torch.equal(old[name], tensor) for name, tensor in net.state_dict().items())


@pytest.mark.parametrize("init", INITS)
def test_bias(init: Init) -> None:
    layer = nn.Linear(4, 8)
    old = layer.bias.detach().clone()
    init(layer)
    assert torch.equal(layer.bias, torch.zeros(8) if init in SETS_BIAS else old)


@pytest.mark.parametrize("init", INITS)
def test_a_layer_without_bias_is_no_trouble(init: Init) -> None:
    layer = nn.Linear(4, 8, bias=False)
    init(layer)
    assert layer.bias is None


@pytest.mark.parametrize("init", INITS)
def test_apply_reaches_every_linear_layer_however_deep(init: Init) -> None:
    rgnet = nn.Sequential(block2(), nn.Linear(4, 1))
    old = {name: tensor.clone() for name, tensor in rgnet.state_dict().items() if name.endswith("weight")}
    rgnet.apply(init)
    assert len(old) == 9 and not any(torch.equal(old[name], rgnet.state_dict()[name]) for name in old)


@pytest.mark.parametrize("init", INITS)
def test_the_floating_type_stays(init: Init) -> None:
    layer = nn.Linear(4, 8).double()
    init(layer)
    assert layer.weight.dtype == torch.float64


@pytest.mark.parametrize("init", DRAWS)
def test_each_call_draws_anew_and_a_seed_repeats_it(init: Init) -> None:
    first, second = weight_after(init, 4, 8), weight_after(init, 4, 8)
    assert not torch.equal(first, second)
    torch.manual_seed(0)
    assert torch.equal(weight_after(init, 4, 8), first)


# --- the distributions ---------------------------------------------------------------------------

def test_init_normal_has_mean_0_and_std_001() -> None:
    weight = weight_after(init_normal, 400, 500)
    n = weight.numel()
    assert abs(weight.mean()) < 4 * 0.01 / math.sqrt(n)
    assert abs(weight.std() - 0.01) < 4 * 0.01 / math.sqrt(2 * n)
    assert (weight.abs() < 0.01).double().mean() == pytest.approx(math.erf(math.sqrt(0.5)), abs=4 * 0.47 / math.sqrt(n))


@pytest.mark.parametrize(("init", "value"), [(init_constant, 1), (init_42, 42)])
def test_constant_initialisers(init: Init, value: float) -> None:
    assert torch.equal(weight_after(init, 4, 8), torch.full((8, 4), value))


@pytest.mark.parametrize(("in_features", "out_features"), [(300, 100), (100, 300)])
def test_init_xavier_is_uniform_within_its_bounds(in_features: int, out_features: int) -> None:
    bound = math.sqrt(6 / (in_features + out_features))
    weight = weight_after(init_xavier, in_features, out_features)
    assert_uniform(weight.flatten(), -bound, bound)
    assert weight.abs().max() > 0.999 * bound


def test_my_init_has_three_parts() -> None:
    weight = weight_after(my_init, 400, 500).flatten()
    n = weight.numel()
    upper, zero, lower = weight[weight > 0], weight[weight == 0], weight[weight < 0]
    for part, probability in ((upper, 1 / 4), (zero, 1 / 2), (lower, 1 / 4)):
        assert len(part) / n == pytest.approx(probability, abs=4 * math.sqrt(probability * (1 - probability) / n))
    assert_uniform(upper, 5, 10)
    assert_uniform(lower, -10, -5)


def test_my_init_draws_each_element_on_its_own() -> None:
    signs = weight_after(my_init, 400, 500).sign()
    assert all(len(line.unique()) == 3 for line in (*signs, *signs.T))
    other = weight_after(my_init, 400, 500).sign()
    for left, right in ((signs[:, 1:], signs[:, :-1]), (signs[1:], signs[:-1]), (signs, other)):
        correlation = (left * right).mean() / (signs ** 2).mean()
        assert abs(correlation) < 4 / math.sqrt(left.numel())


def test_my_init_zeros_are_plain_zeros() -> None:
    weight = weight_after(my_init, 40, 50)
    assert not weight[weight == 0].signbit().any()
