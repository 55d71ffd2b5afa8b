"""Counts the elements of all weights and biases, and three keys for three blocks.

misconception: counted-elements, counted-blocks
points: 3
"""

facts = {}
facts["parameters"] = 20 * 256 + 256 + 256 * 10 + 10
facts["state_dict_keys"] = 3
facts["moved_by_to"] = facts["reached_by_eval"] = facts["trainable_by_sgd"] = False
