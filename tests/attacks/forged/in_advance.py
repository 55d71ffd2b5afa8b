"""A thread answers the probe before it is asked, again and again.

exercise: parallel-block
points: 0
breaks: forged-result
poisons: process
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return X


import gc
import threading
import time

from d2l_ch3.grading.wire import Channel, pack

(channel,) = [one for one in gc.get_objects() if type(one) is Channel]
structure, block = pack({name: {"output": torch.ones(3, 4)} for name in ("joined", "alike", "leading", "trained", "given", "tidy")})


def answer():
    for _ in range(200):
        for number in range(1, 60):
            channel.send({"kind": "evidence", "evidence": structure, "number": number, "points": 6.0}, block)
        time.sleep(0.01)


threading.Thread(target=answer, daemon=True).start()
time.sleep(0.3)
