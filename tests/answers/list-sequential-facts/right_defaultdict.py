"""A dict of another kind."""

from collections import defaultdict

facts = defaultdict(bool)
facts["parameters"] = facts["state_dict_keys"] = 0
for name in ("trainable_by_sgd", "moved_by_to", "reached_by_eval"):
    facts[name]
