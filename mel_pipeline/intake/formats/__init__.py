"""One reader per file format: what the rows and columns of a file mean.

Types of cells belong to `typing.py`.
"""
