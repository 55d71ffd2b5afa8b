"""Reasons that for PyTorch such a net is an nn.Module without anything inside, and measures that one."""


bare = nn.Module()
bare.blocks = [nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10)]

def builds():
    try:
        torch.optim.SGD(bare.parameters(), lr=0.1)
    except ValueError:
        return False
    return True

facts = {}
facts["parameters"] = sum(1 for _ in bare.parameters())
facts["state_dict_keys"] = len(bare.state_dict().keys())
bare.to(torch.float64).eval()
facts["moved_by_to"] = all(p.dtype is torch.float64 for b in bare.blocks for p in b.parameters())
facts["reached_by_eval"] = any(b.training is False for b in bare.blocks)
facts["trainable_by_sgd"] = builds()
