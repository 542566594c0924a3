"""Faults of texts and languages: each breaks the real programme in one way."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        ("programme.yml", "  fr: Réseau Strong Cities\n", "", "title:",
         "programme `title` lacks a language: found en, ar, expected also fr. Add `fr: …`."),
        ("theory_of_change.yml", "      ar: جمع رؤساء البلديات والمسؤولين المحليين وشركائهم\n", "", "label:",
         "node A1 `label` lacks a language: found en, fr, expected also ar. Add `ar: …`."),
        ("theory_of_change.yml", "      fr: Les enseignements se transposent",
         "      it: Testo\n      fr: Les enseignements se transposent", "it:",
         "assumption AS11 `statement` has an unknown language: found 'it', expected one of ar, en, fr."),
        ("dimensions.yml", "fr: Femmes, ", "", None,
         "dimension sex `categories.female.label` lacks a language: found en, ar, expected also fr. Add `fr: …`."),
        ("indicators/output.yml", "ar: أشخاص", 'ar: ""', "unit:" ,
         "indicator OUT-02 `unit` lacks a language: found en, fr, expected also ar. Add `ar: …`."),
        ("donors.yml", "      fr: \"Danemark\"\n", "", "    name:",
         "donor DNK `name` lacks a language: found en, ar, expected also fr."),
        ("sources/hubs/source.yml", "fr: Pôles régionaux, ", "", None,
         "source hubs `title` lacks a language: found en, ar, expected also fr."),
        ("sources/events/rules.yml", "    fr: \"L'événement se termine avant de commencer\"\n", "", "reason" ,
         "rule events/RF07 `reason` lacks a language: found en, ar, expected also fr."),
        ("donors.yml", "languages: [en, fr, ar]", "languages: [en, fr, ara]", None,
         "donor EU-FPI asks for an unknown language: found 'ara', expected one of ar, en, fr. Did you mean 'ar'?"),
        ("donors.yml", "languages: [en, fr, ar]\n    products", "languages: []\n    products", "products",
         "donor EU-FPI receives products in no language: found none, expected one of en, fr, ar."),
    ],
)  # fmt: skip
def test_a_missing_or_unknown_language_is_told(copy, file, old, new, at, message) -> None:
    line = copy.replace(file, old, new, at)
    fault = copy.only_fault()
    assert (fault.file, fault.line, fault.severity) == (file, line, "error")
    assert message in fault.message
