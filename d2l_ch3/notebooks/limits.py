"""What one notebook may use while it is graded."""

from dataclasses import dataclass

MIB = 1024 ** 2
PATIENCE = 4
"""How many times longer than it may something takes at most, on a machine that has no processor for it."""


@dataclass(frozen=True)
class Limits:
    """Limits of one notebook; sizes in bytes, times in seconds.

    `memory` is what its processes may use together, over what they share with the grader.
    """

    cell_time: float = 30
    """Wall time of one cell; then it is interrupted, and stopped if that does not help."""
    notebook_time: float = 120
    """Wall time of the whole notebook, replays included."""
    cpu_time: int = 120
    """Processor time of each process."""
    memory: int = 2048 * MIB
    processes: int = 32
    """Processes and threads at one time."""
    scratch: int = 256 * MIB
    """Files that it writes, all together and each."""
    output: int = 2 * MIB
    """Output of a cell that is kept; what is over is dropped, and said so."""
    evidence: int = 16 * MIB
    """What a probe may report."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value <= 0:
                raise ValueError(f"the limit {name} must be positive, not {value}")
