"""The blocks of chapter 1, as the chapter writes them."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class MLP(nn.Module):
    """Two fully connected layers with a ReLU in between: 20 → 256 → 10."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, X: Tensor) -> Tensor:
        """X of shape (…, 20) → (…, 10)."""
        return self.out(F.relu(self.hidden(X)))


class MySequential(nn.Module):
    """Blocks called one after the other, as `nn.Sequential` does."""

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        for i, block in enumerate(blocks):
            self._modules[str(i)] = block

    def forward(self, X: Tensor) -> Tensor:
        """Whatever the first block takes → whatever the last one gives."""
        for block in self._modules.values():
            X = block(X)  # type: ignore[misc]  # an entry could be None; none is here
        return X


class FixedHiddenMLP(nn.Module):
    """A constant random weight between two uses of one linear layer, then halving, then a sum.

    With L the linear layer and C the constant, H = L(relu(L(X) C + 1)); the output is
    the sum of H / 2^k, where k ≥ 0 is the smallest number with ‖H / 2^k‖₁ ≤ 1 (over the
    whole batch). C, of shape (20, 20), is a buffer: saved and moved with the block, never trained.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("rand_weight", torch.rand(20, 20))
        self.linear = nn.Linear(20, 20)

    def forward(self, X: Tensor) -> Tensor:
        """X of shape (…, 20) → a scalar, of shape ()."""
        X = self.linear(X)
        X = F.relu(torch.matmul(X, self.rand_weight) + 1)  # type: ignore[arg-type]  # a buffer, so a Tensor
        X = self.linear(X)
        while X.abs().sum() > 1:
            X = X / 2
        return X.sum()


class NestMLP(nn.Module):
    """A block that holds a block: 20 → 64 → 32 inside `net`, then 32 → 16."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.linear = nn.Linear(32, 16)

    def forward(self, X: Tensor) -> Tensor:
        """X of shape (…, 20) → (…, 16)."""
        return self.linear(self.net(X))
