"""The families of spellings that a real network meets: every one finds its city, or stays open for a reason."""

import pytest

from mel_pipeline.quality.names.countries import country_code
from mel_pipeline.quality.names.keys import normalise
from mel_pipeline.quality.names.register import Entry, Register, build_register

# code, country, region (letters and name), names of the register
CITIES = [
    ("cape_town", "ZAF", [], ["Cape Town", "Le Cap", "كيب تاون"]),
    ("the_hague", "NLD", [], ["The Hague", "La Haye", "لاهاي"]),
    ("kumanovo", "MKD", [], ["Kumanovo", "كومانوفو"]),
    ("tripoli_lbn", "LBN", [], ["Tripoli", "طرابلس"]),
    ("tripoli_lby", "LBY", [], ["Tripoli", "طرابلس"]),
    ("saida", "LBN", [], ["Saida", "Saïda", "صيدا"]),
    ("majdal_anjar", "LBN", [], ["Majdal Anjar", "مجدل عنجر"]),
    ("halle_saale", "DEU", [], ["Halle (Saale)"]),
    ("halle_bel", "BEL", [], ["Halle", "Hal"]),
    ("london_gbr", "GBR", [], ["London", "Londres", "لندن"]),
    ("london_can", "CAN", ["ON", "Ontario"], ["London"]),
    ("victoria_aus", "AUS", [], ["Victoria"]),
    ("victoria_can", "CAN", ["BC", "British Columbia"], ["Victoria"]),
    ("victoria_syc", "SYC", [], ["Victoria"]),
    ("aurora_co", "USA", ["CO", "Colorado"], ["Aurora"]),
    ("aurora_il", "USA", ["IL", "Illinois"], ["Aurora"]),
    ("denver", "USA", ["CO", "Colorado"], ["Denver"]),
    ("elbasan", "ALB", [], ["Elbasan"]),
    ("danilovgrad", "MNE", [], ["Danilovgrad"]),
    ("mombasa", "KEN", [], ["Mombasa"]),
    ("karak", "JOR", [], ["Karak", "الكرك"]),
    ("zarqa", "JOR", [], ["Zarqa", "الزرقاء"]),
    ("new_york", "USA", ["NY", "New York"], ["New York", "نيويورك"]),
    ("tunis", "TUN", [], ["Tunis", "تونس"]),
]
ALIASES = [
    ("Den Haag", "the_hague"),
    ("'s-Gravenhage", "the_hague"),
    ("Kumanova", "kumanovo"),
    ("Komuna e Kumanovës", "kumanovo"),
    ("Trablous", "tripoli_lbn"),
    ("Sidon", "saida"),
    ("Mombasa County", "mombasa"),
    ("Al-Karak", "karak"),
    ("Kerak", "karak"),
    ("Az-Zarqa", "zarqa"),
    ("NYC", "new_york"),
]
FAMILIES = {
    "cape_town": ["Cape Town", "Le Cap", "City of Cape Town", "CapeTown", "كيب تاون", "Ville de Le Cap", "CAPE-TOWN"],
    "the_hague": ["The Hague", "La Haye", "Den Haag", "'s-Gravenhage", "’s Gravenhage", "لاهاي", "Gemeente Den Haag"],
    "kumanovo": ["Kumanovo", "Куманово", "Kumanova", "Komuna e Kumanovës", "Општина Куманово"],
    "tripoli_lbn": ["Tripoli (Lebanon)", "Tripoli, Liban", "Trablous", "طرابلس (لبنان)", "Tripoli Lebanon"],
    "tripoli_lby": ["Tripoli (Libya)", "Tripoli (Libye)", "طرابلس، ليبيا"],
    "saida": ["Saida", "Sidon", "صيدا", "Saïda", "Municipality of Saida", "بلدية صيدا"],
    "majdal_anjar": ["Majdal Anjar", "مجدل عنجر", "Majdal-Anjar", "MajdalAnjar"],
    "halle_saale": ["Halle (Saale)", "Halle Saale", "Stadt Halle (Saale)"],
    "halle_bel": ["Halle (Belgium)", "Halle, Belgique", "Hal"],
    "london_gbr": ["London UK", "Londres", "لندن", "London (GB)", "London, United Kingdom"],
    "london_can": ["London Ontario", "London, ON", "City of London, ON", "London (Canada)"],
    "victoria_aus": ["Victoria (AUS)"],
    "victoria_can": ["Victoria BC", "Victoria, British Columbia"],
    "victoria_syc": ["Victoria Seychelles", "Victoria (سيشل)"],
    "aurora_co": ["Aurora CO", "City of Aurora, CO"],
    "aurora_il": ["Aurora IL", "Aurora (Illinois)"],
    "denver": ["Denver", "City & County of Denver", "City and County of Denver, CO"],
    "elbasan": ["Elbasan", "Bashkia Elbasan"],
    "danilovgrad": ["Danilovgrad", "Даниловград", "Opština Danilovgrad", "Општина Даниловград"],
    "mombasa": ["Mombasa", "Mombasa County"],
    "karak": ["Karak", "Al-Karak", "الكرك", "Kerak", "بلدية الكَرَك"],
    "zarqa": ["Zarqa", "Az-Zarqa", "الزرقاء", "Az Zarqa"],
    "new_york": ["New York", "NYC", "New York City", "New-York (ville)", "New York, NY", "نيويورك"],
    "tunis": ["Tunis", "تونس", "Ville de Tunis", "مدينة تونس"],
}
AMBIGUOUS = ["Tripoli", "طرابلس", "Victoria", "Aurora", "London", "Ville de Tripoli", "Aurora, USA"]


@pytest.fixture(scope="module")
def register() -> Register:
    entries = {
        code: Entry(code, country, frozenset({country, normalise(country), *map(normalise, regions)}))
        for code, country, regions, _ in CITIES
    }
    names = [(name, entries[code]) for code, _, _, spelled in CITIES for name in spelled]
    return build_register(names, [(alias, entries[code]) for alias, code in ALIASES])


@pytest.mark.parametrize(("code", "spelling"), [(code, each) for code, family in FAMILIES.items() for each in family])
def test_every_spelling_of_a_family_finds_its_city(register: Register, code: str, spelling: str) -> None:
    assert register.resolve(spelling)[0] == code


@pytest.mark.parametrize("spelling", AMBIGUOUS)
def test_same_names_without_a_country_are_not_guessed(register: Register, spelling: str) -> None:
    assert register.resolve(spelling) == (None, "ambiguous")


def test_two_letters_are_a_city_only_by_an_approved_alias(register: Register) -> None:
    assert register.resolve("CT") == (None, "unknown")
    cape_town = Entry("cape_town", "ZAF")
    approved = build_register([("Cape Town", cape_town)], [("CT", cape_town)])
    assert approved.resolve("CT") == ("cape_town", "alias")


def test_the_country_of_a_row_speaks_against_what_a_spelling_states(register: Register) -> None:
    assert register.resolve("Tripoli (Lebanon)", "LBY") == (None, "unknown")
    assert register.resolve("Tripoli", country_code("Liban")) == ("tripoli_lbn", "name")
