"""Submissions that are nearer to each other than the exercise explains: a list to look at, never a verdict.

Of each answer the structure is taken, in small pieces that overlap, and what is explained is taken out: pieces of the
release, of the model solution, and those that many have. What two answers still share, they share for another reason.

copydetect was looked at: its tokens are pygments', in which `torch.cat` and `torch.stack` are the same.
"""
