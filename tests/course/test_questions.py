"""`try_out` finds each fault of a layer, blames a sound one for nothing, and leaves no trace."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from bs4 import BeautifulSoup
from torch import Tensor, nn
from torch.nn import functional as F

from d2l_ch3 import try_out
from d2l_ch3.language import LANGUAGES, speaking
from d2l_ch3.layers import CenteredLayer, MyLinear
from d2l_ch3.questions.asked import _TRIED, QUESTIONS


@pytest.fixture(autouse=True)
def seed() -> None:
    torch.manual_seed(0)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


class Data(MyLinear):
    def forward(self, X: Tensor) -> Tensor:
        return F.relu(X @ self.weight.data + self.bias.data)


class DetachedInput(MyLinear):
    def forward(self, X: Tensor) -> Tensor:
        return F.relu(X.detach() @ self.weight + self.bias)


class Plain(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.randn(5, 3)

    def forward(self, X: Tensor) -> Tensor:
        return X @ self.weight


class Unsaved(nn.Module):
    """Its weight follows `to` but is not saved."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("weight", torch.randn(5, 3), persistent=False)

    def forward(self, X: Tensor) -> Tensor:
        return X @ self.weight


class InPlace(nn.Module):
    def forward(self, X: Tensor) -> Tensor:
        X -= X.mean(dim=-1, keepdim=True)
        return X


class Counting(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def forward(self, X: Tensor) -> Tensor:
        self.calls += 1
        return X * self.calls


class Single(nn.Module):
    def forward(self, X: Tensor) -> Tensor:
        return X.float() * 2


class WrongBackward(nn.Module):
    """The value is X², the gradient that of X."""

    def forward(self, X: Tensor) -> Tensor:
        return X + (X ** 2 - X).detach()


class Fourier(nn.Module):
    def forward(self, X: Tensor) -> Tensor:
        return torch.fft.rfft(X)


BATCH, WORDS = torch.randn(4, 5), torch.tensor([3, 1, 4])
FAULTS: dict[str, tuple[Callable[[], nn.Module], set[str]]] = {
    "data": (lambda: Data(5, 3), {"gradients_reach", "gradients_right"}),
    "detached": (lambda: DetachedInput(5, 3), {"gradients_reach", "gradients_right"}),
    "plain": (Plain, {"dtype", "gradients_reach", "gradients_right", "saved"}),
    "unsaved": (Unsaved, {"saved"}),
    "in place": (InPlace, {"input_kept"}),
    "centred": (CenteredLayer, {"rows_alone"}),
    "counting": (Counting, {"no_memory"}),
    "single": (Single, {"dtype", "gradients_right"}),
    "backward": (WrongBackward, {"gradients_right"}),
}
SOUND: dict[str, tuple[Callable[[], nn.Module], Tensor]] = {
    "my linear": (lambda: MyLinear(5, 3), BATCH), "linear": (lambda: nn.Linear(5, 3), BATCH),
    "fourier": (Fourier, BATCH), "dropout": (nn.Dropout, BATCH), "layer norm": (lambda: nn.LayerNorm(5), BATCH),
    "embedding": (lambda: nn.Embedding(9, 3), WORDS), "convolution": (lambda: nn.Conv1d(4, 2, 3), torch.randn(2, 4, 5)),
    "batch norm": (lambda: nn.BatchNorm1d(5).eval(), BATCH),
    "frozen": (lambda: MyLinear(5, 3).requires_grad_(False), BATCH),
    "one sample": (lambda: MyLinear(5, 3), BATCH[:1]), "complex": (lambda: nn.Identity(), torch.randn(3, 2).cfloat()),
    "one number": (nn.Identity, torch.tensor(2.0)),
}


def failing(make: Callable[[], nn.Module], X: Tensor) -> set[str]:
    return {name for name, answer in try_out(make, X).answers.items() if answer.holds is False}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_nothing_else_is_blamed(name: str) -> None:
    make, faults = FAULTS[name]
    assert failing(make, BATCH) == faults


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_layer_is_blamed_for_nothing(name: str) -> None:
    assert failing(*SOUND[name]) == set()


def test_every_question_finds_some_fault() -> None:
    found = {name for _, faults in FAULTS.values() for name in faults}
    assert found | {"shape", "other_shapes"} == set(QUESTIONS) == set(_TRIED)


def test_what_gives_no_tensor_is_not_asked_further(language: str) -> None:
    tuples = try_out(lambda: nn.LSTM(5, 3), BATCH)
    assert list(tuples.answers) == ["shape"] and "tuple" in str(tuples)
    two = try_out(lambda: nn.Bilinear(2, 2, 2), BATCH)
    assert list(two.answers) == ["shape"] and "TypeError" in str(two)


def test_it_leaves_the_input_and_the_random_numbers_alone() -> None:
    X = BATCH.clone()
    state = torch.random.get_rng_state()
    try_out(InPlace, X)
    assert torch.equal(X, BATCH)
    assert torch.equal(torch.random.get_rng_state(), state)


def test_shapes_that_are_refused_are_named_and_no_fault() -> None:
    answer = try_out(lambda: nn.BatchNorm1d(5).eval(), BATCH).answers["other_shapes"]
    assert answer.holds is None
    assert "(0, 5)" in answer.words.en.partition("; not ")[0] and "(5,)" in answer.words.en.partition("; not ")[2]


@pytest.mark.parametrize("wrong", [MyLinear(5, 3), lambda: 3, 3])
def test_it_wants_a_function_that_makes_a_layer(wrong: Any) -> None:
    with pytest.raises(TypeError, match="try_out"):
        try_out(wrong, BATCH)


def test_the_card_has_a_mark_for_each_answer_and_both_languages(language: str) -> None:
    answers = try_out(CenteredLayer, BATCH)
    card = BeautifulSoup(answers._repr_html_(), "html.parser")
    assert [mark.get_text() for mark in card.select("li .d2l-mark")] == [mark for mark, _ in answers.rows]
    assert len(card.select("li.d2l-no")) == 1 and card.select_one("footer")
    assert ("样本" in str(answers)) == (language == "zh")
    assert not BeautifulSoup(try_out(lambda: nn.Linear(5, 3), BATCH)._repr_html_(), "html.parser").select("footer")


def test_the_same_layer_gets_the_same_answers() -> None:
    make = copy.deepcopy(FAULTS["data"][0])
    assert str(try_out(make, BATCH)) == str(try_out(make, BATCH))
