"""Looks for interfaces and routes, and tries to set its own up.

exercise: parallel-block
points: 6
breaks: network
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import fcntl
import socket
import struct

print(socket.if_nameindex())
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    try:
        fcntl.ioctl(control, 0x8914, struct.pack("16sh14x", b"lo", 1))  # SIOCSIFFLAGS: up
        print("the attack worked: it has set up an interface")
    except OSError as error:
        print(error)
if [name for _, name in socket.if_nameindex() if name != "lo"]:
    print("the attack worked: it sees other interfaces")
