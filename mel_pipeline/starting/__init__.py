"""Starting a programme: a small one to look at, one drafted from a survey form, and templates to send out.

Everything here writes declarations or empty forms for people to correct; nothing here reads, judges or counts rows.
"""
