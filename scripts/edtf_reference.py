#!/usr/bin/env python3
"""A second reading of EDTF, written from the specification (Library of Congress, 2019; ISO 8601-2:2019) and `schema/dates.md`, that
shares nothing with `Sources/EDTF`. `scripts/differential` holds the two against each other.

    scripts/edtf_reference.py EXPRESSION…
"""

import datetime
import functools
import re
import sys

MOST_BYTES, MOST_YEAR, MOST_SIGNIFICANT = 200, 10**11, 12
QUALIFIER = "[?~%]?"
DATE = re.compile(
    rf"({QUALIFIER})(-?[0-9X]{{4}})({QUALIFIER})"
    rf"(?:-({QUALIFIER})([0-9X]{{2}})({QUALIFIER})(?:-({QUALIFIER})([0-9X]{{2}})({QUALIFIER}))?)?", re.ASCII)
TIME = re.compile(r"(.*)T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:(Z)|([+-])([0-9]{2})(?::([0-9]{2}))?)?")
LONG_YEAR = re.compile(rf"({QUALIFIER})Y(-?)([1-9][0-9]*)(?:E([1-9][0-9]*))?(?:S([1-9][0-9]*))?({QUALIFIER})")
ROUNDED_YEAR = re.compile(rf"({QUALIFIER})(-?)([0-9]{{4}})S([1-9][0-9]*)({QUALIFIER})")
# Code of a part of a year: first month, months.
PARTS = {
    **{code: (month, 3) for code, month in zip(range(21, 25), (3, 6, 9, 12))},
    **{code: (month, 3) for code, month in zip(range(25, 29), (3, 6, 9, 12))},
    **{code: (month, 3) for code, month in zip(range(29, 33), (9, 12, 3, 6))},
    **{code: (month, 3) for code, month in zip(range(33, 37), (1, 4, 7, 10))},
    **{code: (month, 4) for code, month in zip(range(37, 40), (1, 5, 9))},
    **{code: (month, 6) for code, month in zip(range(40, 42), (1, 7))},
}
EPOCH = datetime.date(1970, 1, 1).toordinal()


class Refused(Exception):
    """The text is no expression."""


def day_number(year, month, day):
    """Days since 1970-01-01: by the calendar of a year that has the same, whole cycles of 400 years away."""
    cycles, in_cycle = divmod(year, 400)
    return datetime.date(in_cycle + 2000, month, day).toordinal() - EPOCH + (cycles - 5) * 146_097


def month_end(year, month):
    """The last day of the month as a number; a month beyond 12 is of the next year."""
    year, month = year + month // 12, month % 12 + 1
    return day_number(year, month, 1) - 1


def exists(year, month, day):
    """Whether the calendar has the day."""
    return 1 <= day <= month_end(year, month) - day_number(year, month, 1) + 1


def matches(pattern, number, width):
    """Whether a number may be what a pattern with X stands for."""
    return all(one in ("X", other) for one, other in zip(pattern, f"{number:0{width}d}"))


@functools.lru_cache(maxsize=None)
def years_of(pattern):
    """The years from 0 to 9999 that a pattern of four digits may stand for, ascending."""
    return [year for year in range(10_000) if matches(pattern, year, 4)] if "X" in pattern else [int(pattern)]


class Date:
    """A date of a four-digit year."""

    def __init__(self, text):
        match = DATE.fullmatch(text)
        if not match:
            raise Refused("not a date")
        groups = match.groups()
        self.written = [groups[place] for place in (1, 4, 7) if groups[place] is not None]
        count = len(self.written)
        before = [set(groups[3 * place] or "") for place in range(count)]
        behind = [set(groups[3 * place + 2] or "") for place in range(count)]
        # One behind a component is for it and for all to its left.
        said = [before[place].union(*behind[place:]) for place in range(count)]
        self.said = ["%" if "%" in all_said or len(all_said) > 1 else "".join(all_said) for all_said in said]
        self.sign = -1 if self.written[0].startswith("-") else 1
        self.year = self.written[0].lstrip("-")
        if self.sign < 0 and self.year == "0000":
            raise Refused("no year -0000")
        month = self.written[1] if count > 1 else None
        self.part = PARTS.get(int(month)) if month and "X" not in month else None
        if self.part and count == 3:
            raise Refused("a part of a year has no days")
        first, last = self.start(False), self.start(True)
        if first is None or last is None:
            raise Refused("no day of the calendar")
        self.first, self.last_start = day_number(*first), day_number(*last)
        self.last = self.end(last)

    def start(self, latest):
        """Year, month and day on which the earliest or latest unit that matches begins; None where none does."""
        order = -1 if latest else 1
        count = len(self.written)
        months = [] if count < 2 else [month for month in range(1, 13) if matches(self.written[1], month, 2)][::order]
        days = [] if count < 3 else [day for day in range(1, 32) if matches(self.written[2], day, 2)][::order]
        if (count > 1 and not months and not self.part) or (count > 2 and not days):
            return None
        years = years_of(self.year)
        for magnitude in years if latest == (self.sign < 0) else reversed(years):
            # There is no year -0000.
            if self.sign < 0 and magnitude == 0:
                continue
            year = self.sign * magnitude
            if count == 1:
                return year, 1, 1
            if self.part:
                return year, self.part[0], 1
            for month in months:
                if count == 2:
                    return year, month, 1
                for day in days:
                    if exists(year, month, day):
                        return year, month, day
        return None

    def end(self, start):
        """The last day of the unit that begins on a day."""
        year, month, _ = start
        if len(self.written) == 3:
            return self.last_start
        months = 12 if len(self.written) == 1 else self.part[1] if self.part else 1
        return month_end(year, month + months - 1)

    @property
    def unit(self):
        """How finely it is written."""
        if not self.part:
            return len(self.written)
        code = int(self.written[1])
        return "season" if code < 33 else "quarter" if code < 37 else "quadrimester" if code < 40 else "half"

    @property
    def is_plain_day(self):
        """Whether it is one day and nothing is said of it."""
        return len(self.written) == 3 and "X" not in "".join(self.written) and not any(self.said)

    @property
    def canonical(self):
        """What the date is written as."""
        shared = 0
        while self.said[0] and shared < len(self.said) and self.said[shared] == self.said[0]:
            shared += 1
        texts = [text if place < shared else said + text
                 for place, (said, text) in enumerate(zip(self.said, self.written))]
        if shared:
            texts[shared - 1] += self.said[0]
        return "-".join(texts)


def long_year(prefix, minus, digits, exponent, significant, suffix, begin):
    """A year with Y, or one that is rounded: its first and last day, and the canonical form."""
    # More digits than that are out of range whatever they are, and take their time.
    if len(digits) > 20 or len(exponent or "") > 3 or len(significant or "") > 3:
        raise Refused("out of range")
    value = int(digits) * 10 ** int(exponent or 0)
    if value > MOST_YEAR or (begin and value < 10_000):
        raise Refused("out of range")
    if significant and int(significant) > MOST_SIGNIFICANT:
        raise Refused("too many significant digits")
    unit = 10 ** max(0, len(str(value)) - int(significant)) if significant else 1
    years = sorted((-1 if minus else 1) * year for year in (value // unit * unit, value // unit * unit + unit - 1))
    said = {prefix, suffix} - {""}
    qualifier = "%" if len(said) > 1 else "".join(said)
    text = f"{begin}{minus}{digits}{'E' + exponent if exponent else ''}{'S' + significant if significant else ''}{qualifier}"
    return text, day_number(years[0], 1, 1), month_end(years[1], 12)


def date_time(match):
    """A day with a time: the day is its bounds."""
    date = Date(match[1])
    hour, minute, second = (int(match[place]) for place in (2, 3, 4))
    if not date.is_plain_day or hour > 23 or minute > 59 or second > 59:
        raise Refused("no such time")
    offset = "Z" if match[5] else ""
    if match[6]:
        hours, minutes = int(match[7]), int(match[8] or 0)
        if hours > 23 or minutes > 59 or (match[6] == "-" and hours == minutes == 0):
            raise Refused("no such offset")
        offset = f"{match[6]}{hours:02d}:{minutes:02d}" if hours or minutes else "Z"
    return f"{date.canonical}T{hour:02d}:{minute:02d}:{second:02d}{offset}", date.first, date.last


def interval(text):
    """From one end to another."""
    ends = text.split("/")
    if len(ends) != 2 or ends == ["", ""]:
        raise Refused("not two ends")
    words = {"..": "open", "": "unknown"}
    start, end = (words.get(one) or Date(one) for one in ends)
    if isinstance(start, Date) and isinstance(end, Date) and start.first > end.last_start:
        raise Refused("it ends before it begins")
    written = "/".join(one if one in words else Date(one).canonical for one in ends)
    return written, getattr(start, "first", start), getattr(end, "last", end)


def date_set(text):
    """One of several dates, or all of them."""
    if text[-1] != {"[": "]", "{": "}"}[text[0]] or len(text) < 3:
        raise Refused("not closed")
    entries, written, firsts, lasts = text[1:-1].split(","), [], [], []
    for place, entry in enumerate(entries):
        start, dots, end = entry.partition("..")
        if not dots:
            end = start
        if (not start and (place > 0 or not end)) or (not end and place < len(entries) - 1):
            raise Refused("dots in the middle")
        dates = [Date(one) for one in (start, end) if one]
        if start and end and dots:
            if dates[0].unit != dates[1].unit or dates[0].first > dates[1].last_start:
                raise Refused("not a range")
        firsts.append(dates[0].first if start else float("-inf"))
        lasts.append(dates[-1].last if end else float("inf"))
        written.append(dots.join(Date(one).canonical if one else "" for one in ((start, end) if dots else (start,))))
    first, last = min(firsts), max(lasts)
    return (text[0] + ",".join(written) + text[-1], "open" if first == float("-inf") else first,
            "open" if last == float("inf") else last)


def judge(text):
    """The canonical form, and the earliest and latest day as days since 1970-01-01, `open` or `unknown`; or raises Refused."""
    if not 0 < len(text.encode("utf-8", "surrogatepass")) <= MOST_BYTES:
        raise Refused("empty or too long")
    if text[0] in "[{":
        result = date_set(text)
    elif "/" in text:
        result = interval(text)
    elif match := LONG_YEAR.fullmatch(text):
        result = long_year(*match.groups(), begin="Y")
    elif match := ROUNDED_YEAR.fullmatch(text):
        if match[2] and match[3] == "0000":
            raise Refused("no year -0000")
        prefix, minus, digits, significant, suffix = match.groups()
        result = long_year(prefix, minus, digits, None, significant, suffix, begin="")
    elif match := TIME.fullmatch(text):
        result = date_time(match)
    else:
        date = Date(text)
        result = date.canonical, date.first, date.last
    if len(result[0]) > MOST_BYTES:
        raise Refused("the canonical form is too long")
    return result


def main():
    """Prints what each argument means; the exit status is 1 if one means nothing."""
    status = 0
    for text in sys.argv[1:]:
        try:
            print(text, *judge(text))
        except Refused as error:
            print(f"{text}: {error}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
