"""Products for those outside: donor pages in every language.

Numbers come from the published database through `disclosure`; nothing is computed from source rows here.
"""

from mel_pipeline.publish.pages import write_donor_pages
from mel_pipeline.publish.review import write_review_workbooks

__all__ = ["write_donor_pages", "write_review_workbooks"]
