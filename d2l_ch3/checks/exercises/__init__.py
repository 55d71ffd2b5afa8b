"""The exercises, one module each: its probe, its judge, its misconceptions and hints."""

EXERCISES = {
    "ps1-blocks": {
        "list-sequential": 3,
        "list-sequential-facts": 5,
        "registered-sequential": 6,
        "parallel-block": 6,
        "block-factory": 5,
        "block-network": 2,
    },
    "ps2-parameters": {
        "find-weights": 4,
        "parameter-table": 3,
        "custom-init": 5,
        "shared-mlp": 5,
        "train-shared": 5,
    },
    "ps3-layers": {
        "weight-norm": 5,
        "constant-layer": 4,
        "tensor-reduction": 6,
        "half-fourier": 5,
    },
}
"""The autograded exercises of each problem set, in their order, and what each is worth: the contract between the
texts, the checks and anyone who grades."""
