"""By way of the inverse Hermitian transform."""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.ihfft(X, norm='forward').conj().resolve_conj()
