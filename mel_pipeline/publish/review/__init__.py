"""Review workbooks: what waits for a person's decision, for the officer and for each who answers for a part.

They hold names and other restricted values, and are written to the restricted folder only.
"""

from mel_pipeline.publish.review.books import review_workbooks, write_review_workbooks

__all__ = ["review_workbooks", "write_review_workbooks"]
