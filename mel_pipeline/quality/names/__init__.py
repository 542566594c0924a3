"""Names: how spellings are compared, when one stands for an entry of a register, and what it may have meant.

No table of rows is known here: `register.py` of the room above asks for the spellings it found.
"""
