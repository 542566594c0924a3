"""The shapes of everything a programme folder declares, as pydantic models, one module per declared file.

Only shapes and the rules that one entry can break by itself belong here. What needs two files to be
seen (an unknown node, a missing label, a cycle) belongs to `lint.py`; reading files to `programme.py`.
"""

from mel_pipeline.declarations.models.base import Code, Declared, Words
from mel_pipeline.declarations.models.donors import Donor, Donors, Grant, GrantScope
from mel_pipeline.declarations.models.form_versions import FormVersion, MovedColumns
from mel_pipeline.declarations.models.honesty import (
    AtTargetCheck,
    DriftCheck,
    HeapingCheck,
    Honesty,
    PanelCheck,
    PartsCheck,
    SelfTotalsCheck,
    SimpsonCheck,
)
from mel_pipeline.declarations.models.indicators import (
    CROSSED,
    TOTALS,
    VERBS,
    Baseline,
    Coverage,
    IndexOf,
    Indicator,
    Measure,
    RatioOf,
    RowsOf,
    Target,
)
from mel_pipeline.declarations.models.learning import AssumptionReview, Learning, WeighedExplanation
from mel_pipeline.declarations.models.marts import MartColumn, MartContract
from mel_pipeline.declarations.models.rules import DQA_DIMENSIONS, DqaDimension, Rule
from mel_pipeline.declarations.models.settings import Calendar, Category, Dimension, Disclosure, Settings, Thresholds
from mel_pipeline.declarations.models.sources import (
    Alike,
    Comparison,
    Consent,
    Due,
    FieldType,
    Lookup,
    Marks,
    Minors,
    Privacy,
    Resolve,
    RuleIds,
    Source,
    SourceField,
)
from mel_pipeline.declarations.models.theory import (
    Assumption,
    AssumptionTest,
    CodedLabel,
    Link,
    Node,
    TheoryOfChange,
)

__all__ = [
    "CROSSED",
    "DQA_DIMENSIONS",
    "TOTALS",
    "VERBS",
    "Alike",
    "Assumption",
    "AssumptionReview",
    "AssumptionTest",
    "AtTargetCheck",
    "Baseline",
    "Calendar",
    "Category",
    "Code",
    "CodedLabel",
    "Comparison",
    "Consent",
    "Coverage",
    "Declared",
    "Dimension",
    "Disclosure",
    "Donor",
    "Donors",
    "DqaDimension",
    "DriftCheck",
    "Due",
    "FieldType",
    "FormVersion",
    "Grant",
    "GrantScope",
    "HeapingCheck",
    "Honesty",
    "IndexOf",
    "Indicator",
    "Learning",
    "Link",
    "Lookup",
    "Marks",
    "MartColumn",
    "MartContract",
    "Measure",
    "Minors",
    "MovedColumns",
    "Node",
    "PanelCheck",
    "PartsCheck",
    "Privacy",
    "RatioOf",
    "Resolve",
    "RowsOf",
    "Rule",
    "RuleIds",
    "SelfTotalsCheck",
    "Settings",
    "SimpsonCheck",
    "Source",
    "SourceField",
    "Target",
    "TheoryOfChange",
    "Thresholds",
    "WeighedExplanation",
    "Words",
]
