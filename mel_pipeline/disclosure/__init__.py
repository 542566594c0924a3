"""What may be told about small groups of people.

Only here is decided which numbers of a product are hidden; how a hidden number looks belongs to `publish`.
"""
