"""The argument is called model, the loop goes through net of the notebook.

misconception: uses-global-net
points: 0
"""

net = nn.Sequential(nn.Linear(4, 2), nn.ReLU())

def parameter_table(model):
    table = []
    for name, p in net.named_parameters():
        table.append((name, p.shape, p.numel()))
    return table
