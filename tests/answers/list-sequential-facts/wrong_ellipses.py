"""The template, nothing filled in.

misconception: not-written
points: 0
"""

facts = {
    "parameters": ...,
    "state_dict_keys": ...,
    "moved_by_to": ...,
    "reached_by_eval": ...,
    "trainable_by_sgd": ...,
}
