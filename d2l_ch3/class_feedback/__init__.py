"""The feedback pages of a whole class: those that are due, made at once in processes that can be thrown away.

A page is nbgrader's, to the byte: it comes out of the exporter that `nbgrader generate_feedback` would use, and lies
where that would put it.
"""
