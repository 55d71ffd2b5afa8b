"""A print left behind, for many dimensions.

advice: print-left-behind
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        Y = torch.fft.rfft(X)
        if X.ndim > 5:
            print(X.shape, Y.shape)
        return Y
