"""From a declared measure to a value with its interval and coverage, per period, scope and category.

Scoring a value against its target belongs to `scoring`.
"""
