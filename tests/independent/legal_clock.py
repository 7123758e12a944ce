"""The legal clock once more, written from the rules and with the working days of chinesecalendar.

It walks day by day and keeps sets of dates, where the platform walks over spans.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import chinese_calendar

CHINA = dt.timezone(dt.timedelta(hours=8))
DAY = dt.timedelta(days=1)
ANSWER, DELIVER = 5, 10
# Holidays with a fixed date (全国年节及纪念日放假办法), all that is known of a year without a notice.
FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


def moment(text: str | None) -> dt.datetime | None:
    """An RFC 3339 time, in China."""
    return dt.datetime.fromisoformat(text).astimezone(CHINA) if text else None


@dataclass(frozen=True)
class Calendar:
    """The years that have a table, each with the version of the calendar that brought it."""

    brought: dict[int, int]

    def certain(self, day: dt.date, version: int) -> bool:
        return self.brought.get(day.year, version + 1) <= version

    def worked(self, day: dt.date, version: int) -> bool:
        if self.certain(day, version):
            return chinese_calendar.is_workday(day)
        return day.weekday() < 5 and (day.month, day.day) not in FIXED


@dataclass(frozen=True)
class Case:
    """What a vector says of a case, as it is known at a moment."""

    given: dict[str, Any]
    calendar: Calendar
    at: dt.datetime

    def fact(self, name: str) -> dt.datetime | None:
        told = moment(self.given.get(name))
        return told if told and told <= self.at else None

    def version(self, at: dt.datetime) -> int:
        """The version of the calendar in use then; before the first one, the first."""
        used = self.given.get("calendars") or [{"from": self.given["received_at"], "version": 99}]
        before = [use["version"] for use in used if moment(use["from"]) <= at]
        return before[-1] if before else used[0]["version"]

    def receipt(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """The last receipt, and when it was answered by asking for a correction."""
        found = (None, None)
        for correction in self.given.get("corrections", []):
            received, asked = moment(correction["received_at"]), moment(correction["asked_at"])
            if received <= self.at:
                found = (received, asked if asked <= self.at else None)
        received = moment(self.given["received_at"])
        if received <= self.at and found[0] != received:
            found = (received, None)
        return found

    def silence(self) -> dt.datetime | None:
        """When the days for an answer were over without one, by the calendar in use that day."""
        received, asked = self.receipt()
        if received is None:
            return None
        answered = asked or self.fact("accepted_at") or self.fact("ended_at") or self.at
        day = received.date()
        while day <= answered.date():
            first = max(dt.datetime.combine(day, dt.time(), CHINA), received)
            # A calendar may come into use in the middle of a day.
            moments = [first] + [
                moment(use["from"])
                for use in self.given.get("calendars", [])
                if moment(use["from"]).date() == day and moment(use["from"]) >= first
            ]
            for then in moments:
                last = nth_day(received.date(), ANSWER, lambda day, at=then: self.works(day, at))
                if then.date() > last and then <= answered:
                    return then
            day += DAY
        return None

    def works(self, day: dt.date, at: dt.datetime) -> bool:
        return self.calendar.worked(day, self.version(at))

    def pauses(self, until: dt.datetime) -> list[dict[str, Any]]:
        """Those that had begun, in order, each with the dates after its first day through its last."""
        known = []
        for pause in self.given.get("pauses", []):
            begun, ended = moment(pause["from"]), moment(pause.get("to"))
            if begun > until:
                continue
            lasts = ended is None or ended > until
            last = (until if lasts else ended).date()
            dates, day = set(), begun.date() + DAY
            while day <= last:
                dates.add(day)
                day += DAY
            known.append({"from": begun, "lasts": lasts, "dates": dates})
        return sorted(known, key=lambda pause: pause["from"])


def nth_day(start: dt.date, number: int, counts: Any) -> dt.date:
    day = start
    while number:
        day += DAY
        number -= counts(day)
    return day


@dataclass
class Reckoning:
    """One limit as it stands."""

    state: str = "not_started"
    event: str | None = None
    started: str | None = None
    due: str | None = None
    provisional: bool | None = None
    days_left: int | None = None
    days_over: int | None = None
    pause_days: list[int] = field(default_factory=list)
    version: int = 0


def reckon(case: Case, name: str, limit: dict[str, Any]) -> Reckoning:
    """The limit of that name: `acceptance`, `decision` or `delivery`."""
    event, start = started(case, name, limit)
    stop, how = stopped(case, name)
    until = stop or case.at
    version = case.version(until)
    if start is None:
        return Reckoning(version=version)
    number, working_days = limit["number"], limit["unit"] == "working_day"
    pauses = case.pauses(until) if name == "decision" else []
    out = set().union(*(pause["dates"] for pause in pauses))

    def works(day: dt.date) -> bool:
        return case.calendar.worked(day, version)

    def counts(day: dt.date) -> bool:
        return not working_days or works(day)

    def certain(after: dt.date, through: dt.date) -> bool:
        return all(
            case.calendar.certain(after + n * DAY, version) for n in range(1, (through - after).days + 1)
        )

    first = start.date()
    due = nth_day(first, number, lambda day: day not in out and counts(day))
    sure = certain(first, due) if working_days else True
    if not working_days or number == 0:
        sure = sure and case.calendar.certain(due, version)
        if not works(due):
            moved = nth_day(due, 1, lambda day: day not in out and works(day))
            sure, due = sure and certain(due, moved), moved
    extension = case.given.get("extension") if name == "decision" else None
    if extension and moment(extension["at"]) <= until and moment(extension["at"]).date() <= due:
        moved = nth_day(due, extension["days"], lambda day: day not in out and works(day))
        sure, due = sure and certain(due, moved), moved

    taken: set[dt.date] = set()
    pause_days = []
    for pause in pauses:
        own = {day for day in pause["dates"] - taken if first < day < due and counts(day)}
        taken |= pause["dates"]
        pause_days.append(len(own))

    def between(after: dt.date, through: dt.date) -> int:
        return sum(counts(after + n * DAY) for n in range(1, (through - after).days + 1))

    today = until.date()
    # A pause that began on the last day, or later, takes nothing out.
    still = any(pause["lasts"] and max(pause["from"].date(), first) < due for pause in pauses)
    result = Reckoning(
        event=event,
        started=first.isoformat(),
        due=due.isoformat(),
        provisional=not sure,
        pause_days=pause_days,
        version=version,
    )
    if today > due:
        result.state, result.days_over = "overdue", between(due, today)
    else:
        result.state = how if stop else "paused" if still else "running"
        result.days_left = between(today, due)
    return result


def started(case: Case, name: str, limit: dict[str, Any]) -> tuple[str | None, dt.datetime | None]:
    received, asked = case.receipt()
    if name == "acceptance":
        return "receipt" if received else None, received
    if name == "delivery":
        decided = None if case.given.get("refused") else case.fact("decided_at")
        return "decision" if decided else None, decided
    silent = case.silence()
    if limit["start"] == "receipt":
        complete = received if not asked or silent else None
        return "receipt" if complete else None, complete
    if silent:
        return "deemed_acceptance", received
    accepted = case.fact("accepted_at")
    return "acceptance" if accepted else None, accepted


def stopped(case: Case, name: str) -> tuple[dt.datetime | None, str | None]:
    if name == "delivery":
        delivered = case.fact("delivered_at")
        return delivered, "met" if delivered else None
    if name == "acceptance":
        done = case.silence() or case.receipt()[1] or case.fact("accepted_at")
    else:
        done = case.fact("decided_at")
    ended = case.fact("ended_at")
    stops = [(at, how) for at, how in ((done, "met"), (ended, "ended")) if at]
    return min(stops, key=lambda stop: stop[0]) if stops else (None, None)


def ledger(given: dict[str, Any], brought: dict[int, int]) -> dict[str, Reckoning]:
    """How the limit of a vector stands, and those on the answer and the delivery."""
    case = Case(given, Calendar(brought), moment(given["as_of"]))
    working = {"unit": "working_day"}
    return {
        "acceptance": reckon(case, "acceptance", {"number": ANSWER, **working}),
        "decision": reckon(case, "decision", given["limit"]),
        "delivery": reckon(case, "delivery", {"number": DELIVER, **working}),
    }
