"""Starts programs in the background with nohup and setsid, through the shell.

exercise: parallel-block
points: 6
breaks: left-behind
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


!nohup sleep 10000 > /dev/null 2>&1 &
!setsid sleep 10000 > /dev/null 2>&1 &
import subprocess

sleeping = subprocess.Popen(["sleep", "10000"], start_new_session=True, stdin=subprocess.DEVNULL)
