"""One reader per kind of file that holds a table in columns or records of its own, each giving lines below a header.

Text with separators belongs to `text_lines.py`, workbooks to `grids.py`; what the lines mean to `formats/`.
"""
