"""Decisions of people about single records: corrections, releases, other names, persons that are one.

Reading them from cleaning logs and filled review workbooks, matching them with the rows of a source, applying
them, and saying what came of each. What a decision is asked about belongs to the review workbook in `publish`.
"""
