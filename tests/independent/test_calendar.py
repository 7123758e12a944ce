"""The working days of the catalogue against two programs that read the State Council's notices.

The catalogue's days were first taken from chinesecalendar; holidays has them from elsewhere.
"""

import datetime

import chinese_calendar
import holidays
import pytest
from chinese_calendar import constants
from project import CATALOGUE, read

# A year that is not in the table is provisional on the platform, and is not compared.
YEARS = read(CATALOGUE / "calendar" / "holidays.json")["years"]
COVERED = {day.year for day in constants.holidays}
COMPARED = sorted(year for year in YEARS if int(year) in COVERED)


def days(year):
    first = datetime.date(int(year), 1, 1)
    return [
        first + datetime.timedelta(n) for n in range(366) if (first + datetime.timedelta(n)).year == int(year)
    ]


def listed(year, what):
    return {datetime.date.fromisoformat(day["date"]): day for day in YEARS[year][what]}


def is_working_day(year, day):
    """As the platform reads its table: a listed day first, then the day of the week."""
    if day in listed(year, "makeup_working_days"):
        return True
    return day not in listed(year, "days_off") and day.weekday() < 5


def working_days(year):
    return [day for day in days(year) if is_working_day(year, day)]


def test_at_least_three_years_are_compared():
    assert len(COMPARED) >= 3, f"chinesecalendar covers {max(COVERED)} and before"


@pytest.mark.parametrize("year", COMPARED)
def test_chinesecalendar_has_the_same_working_days(year):
    assert working_days(year) == [day for day in days(year) if chinese_calendar.is_workday(day)]


@pytest.mark.parametrize("year", COMPARED)
def test_holidays_has_the_same_working_days(year):
    china = holidays.China(years=int(year))
    assert working_days(year) == [day for day in days(year) if china.is_working_day(day)]


@pytest.mark.parametrize("year", COMPARED)
def test_chinesecalendar_has_the_same_days_off_by_the_same_names(year):
    theirs = {day: name for day, name in constants.holidays.items() if day.year == int(year)}
    ours = {day: entry["name"]["en"] for day, entry in listed(year, "days_off").items()}
    assert ours == theirs


@pytest.mark.parametrize("year", COMPARED)
def test_chinesecalendar_makes_up_for_the_same_holidays(year):
    theirs = {day: name for day, name in constants.workdays.items() if day.year == int(year)}
    ours = {day: entry["instead_of"]["en"] for day, entry in listed(year, "makeup_working_days").items()}
    assert ours == theirs


@pytest.mark.parametrize("year", COMPARED)
def test_the_number_of_working_days_is_the_one_the_table_says(year):
    assert len(working_days(year)) == YEARS[year]["working_day_count"]
