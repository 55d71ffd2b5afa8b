"""Counts with sum, compares with all and any."""

net = ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))

facts = {
    "parameters": sum(1 for _ in net.parameters()),
    "state_dict_keys": len(net.state_dict().keys()),
    "moved_by_to": any(p.dtype == torch.float64 for b in net.to(torch.float64).blocks for p in b.parameters()),
    "reached_by_eval": all(not block.training for block in net.eval().blocks),
    "trainable_by_sgd": bool(list(net.parameters())),
}
