"""Intake: one raw file becomes one typed staged Parquet.

Only what the file itself can tell belongs here. What needs a second file (duplicates across files, names of
cities, rules) belongs to `quality`.
"""
