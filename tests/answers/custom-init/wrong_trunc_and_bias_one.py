"""Sets the zeros by rounding (torch.trunc), which gives whole numbers; the bias becomes 1.

misconception: shares-permuted, outside, bias-drawn
points: 1
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            m.weight.uniform_(-4, 2).trunc_()
            if m.bias is not None:
                m.bias.fill_(1.0)
