"""Starts empty and fills in one fact after the other."""

facts = {}
facts["parameters"] = 0
facts["state_dict_keys"] = 0
facts["moved_by_to"] = False
facts["reached_by_eval"] = False
facts["trainable_by_sgd"] = False
