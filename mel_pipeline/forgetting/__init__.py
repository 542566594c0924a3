"""A person's wish to be erased: what is found of them, redacted copies in place of raw files, and tombstones.

This is the only room that changes anything below `data/raw`. What an officer is told of it belongs to `publish`.
"""
