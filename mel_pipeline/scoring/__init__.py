"""Performance, status and certainty of indicators, and the scores of the nodes of the theory of change.

Computing the values that are scored belongs to `indicators`; words for readers belong to `publish`.
"""
