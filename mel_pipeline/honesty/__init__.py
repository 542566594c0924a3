"""Looks for numbers that are in order one by one and yet tell no true story; one module per check.

Checks read what is published in the build folder and what the programme declares in `honesty.yml`. They change no
value and no status: a finding is a reason to ask. Faults of single rows belong to `quality`.
"""
