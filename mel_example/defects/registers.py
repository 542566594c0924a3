"""Defects of the registers: places listed twice, populations that cannot be, codes of former countries, dates left out.

None of them blocks a register: those that do are shown by tests, because the example has to run to its end.
"""

from typing import cast

from mel_example.defects.planting import Planting
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.register_records import City, Membership
from mel_example.world import World

_POPULATIONS = ("0", "1400000000")
_UNDATED = 3
_FORMER_CODES = 2
_TWO_CODES = ("SCN-C-0901", "SCN-C-0902")
_TWICE = {
    "name_en": "Twice Listed (invented)",
    "name_fr": "Inscrite deux fois (inventée)",
    "name_ar": "مدرجة مرتين (مختلقة)",
    "country_code": "PRT",
    "admin_type": "municipality",
    "population": "61000",
    "population_year": "2021",
    "income_group": "high",
}
"""A place that nobody else names, so that nothing but the register loses by it."""


def plant_register_defects(planting: Planting, world: World) -> None:
    """RF04, RF06, RF11 and RF12."""
    _impossible_populations(planting)
    _former_codes(planting, world)
    _place_listed_twice(planting)
    _acceptance_without_date(planting)


def _city(row: RawRow) -> City:
    return cast(City, row.subject)


def _impossible_populations(planting: Planting) -> None:
    """RF11: a population of nobody, and one of a whole subcontinent."""
    for value, (file, sheet, row) in zip(
        _POPULATIONS, planting.draw("cities", len(_POPULATIONS), lambda _f, _s, _r: True), strict=True
    ):
        row.cells["population"] = value
        planting.losses.populations.add(_city(row).city_code)
        planting.note(file, sheet, row, "RF11", "quarantine")


def _former_codes(planting: Planting, world: World) -> None:
    """RF12: the country is given by the code that it bore under its former name."""
    former = {each.country_code: each.former_code for each in world.former_country_codes}

    def fits(_file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return _city(row).country_code in former

    for file, sheet, row in planting.draw("cities", _FORMER_CODES, fits):
        row.cells["country_code"] = former[_city(row).country_code]
        planting.note(file, sheet, row, "RF12", "repair")


def _place_listed_twice(planting: Planting) -> None:
    """RF04: two codes for one place; neither is used until a person decides which of them stays."""
    file, sheet, _ = next(planting.rows("cities"))
    for code in _TWO_CODES:
        row = RawRow({"city_code": code, **_TWICE}, verdict="quarantined")
        sheet.rows.append(row)
        planting.note(file, sheet, row, "RF04", "quarantine")


def _acceptance_without_date(planting: Planting) -> None:
    """RF06: the register says that the principles were accepted, but not when."""

    def fits(_file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return cast(Membership, row.subject).principles_accepted_on is not None

    for file, sheet, row in planting.draw("memberships", _UNDATED, fits):
        row.cells["principles_accepted_on"] = ""
        planting.losses.acceptances.add(cast(Membership, row.subject).city_code)
        planting.note(file, sheet, row, "RF06", "warn")
