"""Through NumPy, with the warning silenced by detach().

misconception: cut-graph
points: 4
"""


import numpy as np


class HalfFourier(nn.Module):
    def forward(self, X):
        Y = np.fft.rfft(X.detach().numpy())
        return torch.tensor(Y, dtype=torch.complex64 if X.dtype == torch.float32 else torch.complex128)
