"""fromkeys for the two numbers and the three truths, joined with |."""


numbers = dict.fromkeys(["parameters", "state_dict_keys"], 0)
truths = dict.fromkeys(["moved_by_to", "reached_by_eval", "trainable_by_sgd"], False)
facts = numbers | truths
