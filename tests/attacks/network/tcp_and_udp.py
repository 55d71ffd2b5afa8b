"""Calls out by TCP and UDP: to the machine itself, to names, to addresses.

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


import socket

for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "::1")):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        for port in (22, 53, 80, 443, 5432, 8888):
            try:
                with socket.socket(family, kind) as call:
                    call.settimeout(0.2)
                    call.connect((address, port))
                    call.send(b"here is the gradebook")
                    print("the attack worked:", address, port)
            except OSError:
                pass
try:
    socket.getaddrinfo("grader.example", 80)
    print("the attack worked: it has names")
except OSError as error:
    print(error)
