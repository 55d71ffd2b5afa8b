"""Opens a door for others: listens on every address and on an abstract name.

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

listening = []
for family, address in ((socket.AF_INET, ("0.0.0.0", 48123)), (socket.AF_UNIX, "\0d2l-listening")):
    try:
        door = socket.socket(family)
        door.bind(address)
        door.listen()
        listening.append(door)
    except OSError as error:
        print(error)
