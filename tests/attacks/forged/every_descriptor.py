"""Writes forged answers, evidence, readiness and exit statuses to every open descriptor.

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


import json
import os
import struct

for number in range(1, 40):
    for message in ({"kind": "evidence", "evidence": {"dict": {}}, "number": number},
                    {"kind": "done", "ok": True, "points": 6.0, "number": number},
                    {"kind": "ready"}, {"kind": "broken", "reason": "no"}):
        text = json.dumps(message).encode()
        for descriptor in range(3, 64):
            for frame in (struct.pack("!II", len(text), 0) + text, b"0", b"6.0"):
                try:
                    os.write(descriptor, frame)
                except OSError:
                    pass
