"""Answers the opposite questions: 'does it fail?'

misconception: other-way-round
points: 2
"""

facts = {"parameters": 0, "state_dict_keys": 0}
facts.update({name: True for name in ("moved_by_to", "reached_by_eval", "trainable_by_sgd")})
