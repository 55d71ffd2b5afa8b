"""Keyword arguments, and notes beside the facts."""

facts = dict(parameters=0, state_dict_keys=0, moved_by_to=False, reached_by_eval=False, trainable_by_sgd=False,
             why="the list is not registered", blocks=3)
