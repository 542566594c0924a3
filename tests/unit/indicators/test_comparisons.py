"""Languages side by side: each pair once, in the order of their codes, with its interval."""

from mel_pipeline.indicators import means, proportions
from mel_pipeline.indicators.comparisons import means_side_by_side, shares_side_by_side
from mel_pipeline.indicators.means import Sums


def test_each_pair_of_languages_is_told_once_and_unranked() -> None:
    told = shares_side_by_side({"fr": (30, 40), "ar": (5, 10), "en": (60, 100), "es": (0, 0)})
    assert [(each.first, each.second) for each in told] == [("ar", "en"), ("ar", "fr"), ("en", "fr")]
    assert (told[0].value, told[0].interval) == proportions.difference((5, 10), (60, 100))


def test_means_stand_beside_each_other_with_welchs_interval() -> None:
    english, french = Sums(12.0, 50.0, 3), Sums(10.0, 28.0, 4)
    (told,) = means_side_by_side({"fr": french, "en": english, "ar": Sums(0.0, 0.0, 0)})
    assert (told.first, told.second) == ("en", "fr")
    assert (told.value, told.interval) == means.difference(english, french)


def test_one_language_alone_is_compared_with_nothing() -> None:
    assert shares_side_by_side({"en": (1, 2)}) == []
    assert means_side_by_side({}) == []
