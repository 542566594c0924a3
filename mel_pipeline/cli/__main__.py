"""Lets `python -m mel_pipeline.cli` be the `mel` command."""

from mel_pipeline.cli import main

main()
