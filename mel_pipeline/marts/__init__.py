"""Build dimensions and facts: from the programme's SQL, and from what the programme declares.

Here rows become tables with a contract. What a table means for an indicator belongs to `indicators`.
"""
