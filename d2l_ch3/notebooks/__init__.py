"""What a notebook of an assignment is: as given out, as handed in, and the two put together.

There is no engine here and nothing that only one system has: students' machines of all kinds import it.
"""
