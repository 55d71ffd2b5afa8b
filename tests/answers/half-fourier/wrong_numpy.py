"""Through NumPy.

misconception: through-numpy
points: 4
"""


import numpy as np


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.from_numpy(np.fft.rfft(X.numpy())).to((X + 0j).dtype)
