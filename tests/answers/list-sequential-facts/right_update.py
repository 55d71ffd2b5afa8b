"""Copies keys from a template and updates it."""

facts = dict.fromkeys(["moved_by_to", "reached_by_eval", "trainable_by_sgd"], False)
facts.update({"parameters": 0, "state_dict_keys": 0, 1: 2})
