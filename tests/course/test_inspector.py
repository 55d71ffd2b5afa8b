"""The inspector sees everything in a net, PyTorch's blind spots included, and runs none of its code."""

import subprocess
import sys
from collections import OrderedDict, deque, namedtuple
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from wcwidth import wcswidth

from d2l_ch3 import inspect, set_language
from d2l_ch3.inspector import Block, TensorInfo
from d2l_ch3.inspector.inspection import _mean_and_std
from d2l_ch3.inspector.tree import MAX_HIDDEN


@pytest.fixture(params=["zh", "en"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("zh")


class Holder(nn.Module):
    """Keeps what it is given in an attribute, past nn.Module's own registration."""

    def __init__(self, things: Any) -> None:
        super().__init__()
        self.__dict__["things"] = things


def mlp() -> nn.Module:
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))


def tied() -> nn.Module:
    shared = nn.Linear(8, 8)
    return nn.Sequential(nn.Linear(4, 8), shared, nn.ReLU(), shared, nn.ReLU(), nn.Sequential(shared))


def tied_weights() -> nn.Module:
    net = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 8))
    net[2].weight = net[0].weight
    return net


def named() -> nn.Module:
    net = nn.Sequential()
    net.add_module("block 0", mlp())
    net.add_module("块", nn.ModuleDict({"a b": nn.Linear(2, 2)}))
    net.add_module("list", nn.ModuleList([nn.Linear(2, 2), nn.ParameterList([torch.zeros(2), torch.ones(3)])]))
    net.add_module("dict", nn.ParameterDict({"w": torch.zeros(2)}))
    return net


NETS: dict[str, Callable[[], nn.Module]] = {
    "mlp": mlp, "tied": tied, "tied weights": tied_weights, "named": named, "empty": nn.Sequential,
    "layer": lambda: nn.Linear(2, 3), "norm": lambda: nn.Sequential(nn.BatchNorm1d(3), nn.LSTM(3, 2)),
    "transformer": lambda: nn.TransformerEncoderLayer(8, 2, 16),
    "lists": lambda: Holder([mlp(), {"w": nn.Parameter(torch.zeros(2))}, torch.ones(3)]),
    "hidden first": lambda: hidden_before_registered(),
}


def hidden_before_registered() -> nn.Module:
    layer, other = nn.Linear(2, 2), nn.Linear(2, 2)
    other.weight = layer.weight
    return nn.Sequential(Holder([layer]), other)


def tensors_of(block: Block) -> list[TensorInfo]:
    return [tensor for inside in block.walk() for tensor in inside.tensors]


def hidden_paths(net: nn.Module) -> list[str]:
    return [path for finding in inspect(net).findings for path in finding.paths]


@pytest.mark.parametrize("make", NETS.values(), ids=NETS)
def test_agrees_with_pytorch(make: Callable[[], nn.Module]) -> None:
    net = make()
    root = inspect(net).root
    assert root.num_parameters == sum(parameter.numel() for parameter in net.parameters())
    for block in root.walk():
        module = eval(block.path, {"net": net})  # a path is Python that a student can type
        assert type(module).__name__ == block.class_name
        assert block.num_parameters == sum(parameter.numel() for parameter in module.parameters())
        assert block.training == module.training
        for info in block.tensors:
            tensor = eval(info.path, {"net": net})
            assert (info.shape, info.requires_grad) == (tuple(tensor.shape), tensor.requires_grad)
            values = tensor.double()
            assert info.values == pytest.approx((values.mean().item(), values.std(correction=0).item()))
            if info.same_as:
                assert eval(info.same_as, {"net": net}) is tensor
    registered = [info for info in tensors_of(root) if info.kind == "buffer" and not info.hidden_in]
    assert len(registered) == len(list(net.buffers()))
    assert f"：{len(list(net.parameters()))} 个张量" in inspect(net).summary.zh
    assert f"tensors: {len(list(net.parameters()))}," in inspect(net).summary.en


Pair = namedtuple("Pair", "left right")


class MyList(list[Any]):
    """A list of the student's own."""


@pytest.mark.parametrize(("make", "steps"), [
    (lambda thing: thing, [""]),
    (lambda thing: [thing], ["[0]"]),
    (lambda thing: (1, thing), ["[1]"]),
    (lambda thing: {"a": thing, 2: "no"}, ["['a']"]),
    (lambda thing: {thing}, ["{0}"]),
    (lambda thing: frozenset([thing]), ["{0}"]),
    (lambda thing: deque([None, thing]), ["[1]"]),
    (lambda thing: Pair(1, thing), ["[1]"]),
    (lambda thing: MyList([thing]), ["[0]"]),
    (lambda thing: OrderedDict(a=[({"b": thing},)]), ["['a'][0][0]['b']"]),
    (lambda thing: {object: thing}, ["[<type>]"]),
], ids=["attribute", "list", "tuple", "dict", "set", "frozenset", "deque", "namedtuple", "own list", "nested", "key"])
@pytest.mark.parametrize("thing", [nn.Linear(2, 2), nn.Parameter(torch.zeros(2)), torch.zeros(2)],
                         ids=["module", "parameter", "tensor"])
def test_finds_what_hides(thing: nn.Module | Tensor, make: Callable[[Any], Any], steps: list[str]) -> None:
    net = nn.Sequential(Holder(make(thing)))
    paths = [f"net[0].things{step}" for step in steps]
    assert hidden_paths(net) == paths
    text = str(inspect(net))
    assert all(path in text for path in paths)
    assert text.count("✗") == 2 * len(paths)


def test_says_what_follows(language: str) -> None:
    findings = inspect(Holder([nn.ReLU(), nn.Parameter(torch.ones(1)), torch.ones(1)])).findings
    said = [str(finding.text) for finding in findings]
    assert len(said) == 3
    for words in said:
        assert ("列表" if language == "zh" else "a list") in words
        assert "state_dict()" in words and "to()" in words
    module = str(next(finding.text for finding in findings if finding.paths == ("net.things[0]",)))
    parameter = str(next(finding.text for finding in findings if finding.paths == ("net.things[1]",)))
    assert "eval()" in module and "apply()" in module
    assert "parameters()" in module and "parameters()" in parameter


def test_finds_what_hides_inside_what_hides() -> None:
    net = Holder([nn.Sequential(Holder((torch.ones(2),)))])
    assert hidden_paths(net) == ["net.things[0]", "net.things[0][0].things[0]"]


def test_finds_layers_on_the_class() -> None:
    class Net(nn.Module):
        layer = nn.Linear(2, 2)

    assert hidden_paths(Net()) == ["net.layer"]
    assert inspect(Net()).root.blocks[0].hidden_in == "class"


@pytest.mark.parametrize("make", [
    lambda: nn.LSTM(2, 2),  # holds its parameters in a list as well
    lambda: nn.Sequential(nn.TransformerEncoderLayer(8, 2, 16), nn.BatchNorm1d(2), nn.LazyLinear(2)),
    lambda: nn.utils.parametrizations.weight_norm(nn.Linear(2, 2)),
    lambda: _registered_too(),
    lambda: Holder([1, "text", None, print, {"a": 2.0}, range(3)]),
])
def test_finds_nothing_where_nothing_hides(make: Callable[[], nn.Module]) -> None:
    assert hidden_paths(make()) == []
    assert "✗" not in str(inspect(make()))


def _registered_too() -> nn.Module:
    layers = [nn.Linear(2, 2), nn.ReLU()]
    net = Holder(layers)
    net.layers = nn.ModuleList(layers)
    return net


def test_a_hidden_lstm_hides_once() -> None:
    assert hidden_paths(Holder([nn.LSTM(2, 2)])) == ["net.things[0]"]


def test_names_the_first_path_of_what_is_tied() -> None:
    same = {block.path: block.same_as for block in inspect(tied()).root.walk() if block.same_as}
    assert same == {"net[3]": "net[1]", "net[5][0]": "net[1]"}
    assert "net[1]" in str(inspect(tied()))
    same = {tensor.path: tensor.same_as for tensor in tensors_of(inspect(tied_weights()).root) if tensor.same_as}
    assert same == {"net[2].weight": "net[0].weight"}
    layer = nn.Linear(2, 2)
    assert [block.same_as for block in inspect(Holder([layer, layer])).root.blocks] == [None, "net.things[0]"]


def test_marks_frozen_buffers_gradients_and_mode(language: str) -> None:
    net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2), nn.BatchNorm1d(2))
    net[0].weight.grad, net[0].bias.grad = torch.zeros(2, 2), torch.ones(2)
    net[1].requires_grad_(False)
    net[2].eval()
    net.register_buffer("kept", torch.ones(1))
    net.register_buffer("lost", torch.ones(1), persistent=False)
    grads = {tensor.path: tensor.grad for tensor in tensors_of(inspect(net).root)}
    assert (grads["net[0].weight"], grads["net[0].bias"], grads["net[1].bias"]) == ("zero", "present", "none")
    text = {line.split()[1]: line for line in str(inspect(net)).splitlines() if "─ " in line}
    words = {"zh": ("冻结", "缓冲区", "不进 state_dict", "eval 模式"),
             "en": ("frozen", "buffer", "not in state_dict", "eval mode")}[language]
    frozen, buffer, not_saved, mode = words
    assert frozen in text["1:"] and frozen not in text["0:"]
    assert buffer in text["kept"] and not_saved not in text["kept"]
    assert not_saved in text["lost"]
    assert mode in text["2:"] and mode not in text["1:"]
    assert mode not in str(inspect(net.train()))


class Minefield(nn.Module):
    """Every piece of code in it is a failure of the test."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.things = Mines([nn.Linear(2, 2)])
        self.table = MineDict(a=nn.ReLU())
        object.__setattr__(self, "armed", True)

    def __getattribute__(self, name: str) -> Any:
        if "armed" in object.__getattribute__(self, "__dict__"):
            raise AssertionError(f"read {name}")
        return super().__getattribute__(name)

    def fail(self, *_: Any) -> Any:
        raise AssertionError("code of the net ran")

    forward = parameters = named_parameters = children = modules = state_dict = extra_repr = fail
    __repr__ = __len__ = __iter__ = __getitem__ = __eq__ = __hash__ = __bool__ = __dir__ = fail  # type: ignore[assignment]
    weight = property(fail)


class Mines(list[Any]):
    def __iter__(self) -> Any:
        raise AssertionError("code of the net ran")

    __len__ = __getitem__ = __eq__ = __repr__ = __bool__ = __iter__


class MineDict(dict[str, Any]):
    def items(self) -> Any:
        raise AssertionError("code of the net ran")

    __iter__ = keys = values = __len__ = __getitem__ = __repr__ = items


class MineTensor(Tensor):
    @classmethod
    def __torch_function__(cls, *_: Any, **__: Any) -> Any:
        raise AssertionError("code of the net ran")


def test_runs_no_code_of_the_net() -> None:
    net = Minefield()
    object.__getattribute__(net, "__dict__")["mine"] = torch.ones(2).as_subclass(MineTensor)
    seen = inspect(net)
    str(seen)
    seen._repr_html_()
    assert [block.path for block in seen.root.walk()] == ["net", "net.layer", "net.things[0]", "net.table['a']"]
    assert seen.root.tensors[0].path == "net.mine"


def test_leaves_the_net_as_it_is() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(mlp(), nn.BatchNorm1d(1), nn.Dropout())
    before = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    attributes, state = set(vars(net)), torch.get_rng_state()
    str(inspect(net))
    assert all(torch.equal(tensor, before[name]) for name, tensor in net.state_dict().items())
    assert set(vars(net)) == attributes and torch.equal(torch.get_rng_state(), state)
    assert all(parameter.requires_grad and parameter.grad is None for parameter in net.parameters())


def test_survives_cycles() -> None:
    net = nn.Sequential(nn.Linear(2, 2))
    net[0].parent = net
    things: list[Any] = [nn.ReLU()]
    things.append(things)
    net[0].__dict__["things"] = things
    seen = inspect(net)
    assert [(block.path, block.same_as) for block in seen.root.walk()] == [
        ("net", None), ("net[0]", None), ("net[0].parent", "net"), ("net[0].things[0]", None)]
    assert str(seen) and seen._repr_html_()


class Uninitialised(nn.Module):
    def __init__(self) -> None:
        self.scale = torch.ones(3)


def test_survives_a_module_without_super_init() -> None:
    for net, path in ((Uninitialised(), "net"), (nn.Sequential(Uninitialised()), "net[0]")):
        seen = inspect(net)
        assert hidden_paths(net) == [path, f"{path}.scale"]
        assert "super().__init__()" in str(seen.findings[0].text)
        assert "super().__init__()" in seen._repr_html_()


def test_survives_lazy_layers() -> None:
    net = nn.Sequential(nn.LazyLinear(3), nn.ReLU())
    assert [tensor.shape for tensor in tensors_of(inspect(net).root)] == [None, None]
    assert "?" in str(inspect(net)).splitlines()[1]
    net(torch.ones(1, 2))
    assert [tensor.shape for tensor in tensors_of(inspect(net).root)] == [(3, 2), (3,)]
    assert "?" not in str(inspect(net))


@pytest.mark.parametrize("tensor", [
    torch.tensor([]), torch.ones(2, device="meta"), torch.eye(2).to_sparse(), torch.ones(2, dtype=torch.complex64),
    torch.tensor([1.0, float("nan")]), torch.tensor([True, False]), torch.ones(2, dtype=torch.bfloat16),
    torch.ones(2, requires_grad=True) * 2,
], ids=["empty", "meta", "sparse", "complex", "nan", "bool", "bfloat16", "not a leaf"])
@pytest.mark.filterwarnings("error")
def test_survives_every_kind_of_tensor(tensor: Tensor) -> None:
    seen = inspect(Holder([tensor]))
    assert "things[0]" in str(seen) and "things[0]" in seen._repr_html_()


def test_survives_sparse_gradients_and_odd_names() -> None:
    layer = nn.Embedding(4, 2, sparse=True)
    layer(torch.tensor([1])).sum().backward()
    net = nn.Module()
    net._modules[layer] = layer  # type: ignore[index]  # how an old edition of the book writes MySequential
    net._modules[0] = nn.ReLU()  # type: ignore[index]
    assert [block.class_name for block in inspect(net).root.walk()] == ["Module", "Embedding", "ReLU"]
    assert tensors_of(inspect(net).root)[0].grad == "present"
    assert str(inspect(net))


@pytest.mark.parametrize("thing", [None, 3, [nn.ReLU()], nn.ReLU, torch.ones(2)])
def test_refuses_what_is_not_a_net(thing: Any, language: str) -> None:
    with pytest.raises(TypeError, match="网络" if language == "zh" else "wants a net"):
        inspect(thing)


def test_counts_what_is_too_much_to_show() -> None:
    seen = inspect(Holder([torch.full((1,), float(number)) for number in range(1000)]))
    assert len(seen.root.tensors) == MAX_HIDDEN
    assert str(1000 - MAX_HIDDEN) in str(seen)
    assert len(str(seen).splitlines()) < 40


def test_a_set_looks_the_same_in_every_order() -> None:
    def text(order: int) -> str:
        torch.manual_seed(0)
        layers = [nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2), torch.ones(2), nn.Linear(3, 3)]
        return str(inspect(Holder(set(layers[::order]))))

    keep = [nn.ReLU() for _ in range(50)]  # moves the objects that follow to other addresses
    assert len({text(order) for order in (1, -1, 1, -1)}) == 1
    assert keep


@pytest.mark.parametrize("make", NETS.values(), ids=NETS)
def test_text_is_aligned_and_the_same_every_time(make: Callable[[], nn.Module]) -> None:
    def look() -> tuple[str, str]:
        torch.manual_seed(0)
        seen = inspect(make())
        assert repr(seen) == str(seen)
        return str(seen), seen._repr_html_()

    assert look() == look()
    text, html = look()
    assert "0x" not in text + html and "Parameter containing" not in text
    table = text.split("\n\n")[0].splitlines()
    header = table[0].rstrip()
    shape = next(word for word in ("形状", "shape") if word in header)
    column = wcswidth(header[:header.index(shape)])
    for line in table[1:]:
        if "(" in line and "super" not in line:
            places = [wcswidth(line[:index]) for index, sign in enumerate(line) if sign == "("]
            assert column in places
    assert all(wcswidth(line) <= 78 for line in text.split("\n\n", 1)[1].splitlines())


@pytest.mark.parametrize(("mean", "std", "text"), [
    (0.0012, 0.1318, "0 ± 0.13"), (7.512, 1.443, "7.5 ± 1.4"), (42.0, 0.0, "42"), (-0.0, 0.0, "0"),
    (0.136, 0.0, "0.14"), (1234.0, 0.0, "1234"), (-0.5, 0.0999, "-0.500 ± 0.100"), (1e-7, 1.24e-6, "1e-07 ± 1.2e-06"),
    (1234.0, 567.0, "1.2e+03 ± 5.7e+02"), (float("nan"), 0.1, "nan / inf"), (-0.0001, 0.5, "0 ± 0.50"),
])
def test_rounds(mean: float, std: float, text: str) -> None:
    assert _mean_and_std(mean, std) == text


class Tags(HTMLParser):
    """Checks that the elements close in the order in which they were opened, and notes what they say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("br",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data


@pytest.mark.parametrize("make", NETS.values(), ids=NETS)
def test_html_says_what_the_text_says(make: Callable[[], nn.Module]) -> None:
    seen = inspect(make())
    words = Tags(seen._repr_html_()).words
    for block in seen.root.walk():
        assert f"{block.name}: {block.class_name}" in words
        assert all(tensor.name in words for tensor in block.tensors)
    for finding in seen.findings:
        assert str(finding.text) in words and all(path in words for path in finding.paths)
    assert str(seen.summary) in words


def test_html_is_escaped() -> None:
    net = nn.Sequential()
    net.add_module("<script>alert(1)</script>", nn.ReLU())
    net.add_module("rest", Holder({"<u>&": torch.ones(1)}))
    html = inspect(net, name="<net>")._repr_html_()
    assert "<script" not in html and "<u>&" not in html and "<net>" not in html
    assert "<script>alert(1)</script>: ReLU" in Tags(html).words


def test_html_fits_light_and_dark_themes() -> None:
    html = inspect(mlp())._repr_html_()
    style = html[html.index("<style>"):html.index("</style>")]
    declarations = [part.strip() for rule in style.split("{")[1:] for part in rule.split("}")[0].split(";")]
    for declaration in declarations:
        key, _, value = declaration.partition(":")
        if key in ("background", "background-color"):
            assert value.strip() == "none" or "currentColor" in value
        if key == "color":
            assert value.strip() in ("inherit", "currentColor")


def test_html_unfolds_small_nets_and_folds_large_ones() -> None:
    def folded(net: nn.Module) -> list[bool]:
        elements = Tags(inspect(net)._repr_html_()).seen
        return ["open" not in attributes for tag, attributes in elements if tag == "details"]

    assert not any(folded(mlp()))
    large = folded(nn.Sequential(*(mlp() for _ in range(12))))
    assert not large[0] and any(large)


def test_text_form_is_light() -> None:
    code = ("import sys, d2l_ch3\n"
            "assert not {'matplotlib', 'IPython', 'jinja2', 'd2l_ch3.inspector'} & set(sys.modules)\n"
            "from torch import nn\n"
            "print(d2l_ch3.inspect(nn.Linear(2, 2)))\n"
            "assert not {'matplotlib', 'IPython', 'jinja2'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
