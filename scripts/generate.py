#!/usr/bin/env python3
"""Generates events for load tests: the same events for the same N and seed, on every machine.

    generate.py 1000000 --seed 7 > events.ndjson

Entities come first (countries, offices, capitals, agencies), documents and treaties when they are first used. The rest is
about 40 % trade, 30 % calls and meetings, 25 % visits, 4 % treaties, 1 % documents, names, retractions and
supersessions. Nothing in it is a statement about the world: leaders are offices, not people, and figures are random.
"""

import argparse
import itertools
import json
import random
import signal
import sys

COUNTRIES = (  # ISO 3166-1 alpha-3, names in English and Arabic (Unicode CLDR 48), capital
    ("CHN", "China", "الصين", "Beijing"), ("RUS", "Russia", "روسيا", "Moscow"),
    ("USA", "United States", "الولايات المتحدة", "Washington"), ("IND", "India", "الهند", "New Delhi"),
    ("JPN", "Japan", "اليابان", "Tokyo"), ("KOR", "South Korea", "كوريا الجنوبية", "Seoul"),
    ("KAZ", "Kazakhstan", "كازاخستان", "Astana"), ("BRA", "Brazil", "البرازيل", "Brasília"),
    ("ZAF", "South Africa", "جنوب أفريقيا", "Pretoria"), ("EGY", "Egypt", "مصر", "Cairo"),
    ("SAU", "Saudi Arabia", "المملكة العربية السعودية", "Riyadh"),
    ("ARE", "United Arab Emirates", "الإمارات العربية المتحدة", "Abu Dhabi"),
    ("IRN", "Iran", "إيران", "Tehran"), ("TUR", "Türkiye", "تركيا", "Ankara"),
    ("PAK", "Pakistan", "باكستان", "Islamabad"), ("IDN", "Indonesia", "إندونيسيا", "Jakarta"),
    ("VNM", "Vietnam", "فيتنام", "Hanoi"), ("MYS", "Malaysia", "ماليزيا", "Kuala Lumpur"),
    ("THA", "Thailand", "تايلاند", "Bangkok"), ("AUS", "Australia", "أستراليا", "Canberra"),
    ("NZL", "New Zealand", "نيوزيلندا", "Wellington"), ("MEX", "Mexico", "المكسيك", "Mexico City"),
    ("ARG", "Argentina", "الأرجنتين", "Buenos Aires"), ("CHL", "Chile", "تشيلي", "Santiago"),
    ("NGA", "Nigeria", "نيجيريا", "Abuja"), ("KEN", "Kenya", "كينيا", "Nairobi"),
    ("ETH", "Ethiopia", "إثيوبيا", "Addis Ababa"), ("DZA", "Algeria", "الجزائر", "Algiers"),
    ("MAR", "Morocco", "المغرب", "Rabat"), ("DEU", "Germany", "ألمانيا", "Berlin"),
    ("FRA", "France", "فرنسا", "Paris"), ("GBR", "United Kingdom", "المملكة المتحدة", "London"),
    ("ITA", "Italy", "إيطاليا", "Rome"), ("ESP", "Spain", "إسبانيا", "Madrid"),
    ("POL", "Poland", "بولندا", "Warsaw"), ("SWE", "Sweden", "السويد", "Stockholm"),
    ("SRB", "Serbia", "صربيا", "Belgrade"), ("HUN", "Hungary", "هنغاريا", "Budapest"),
    ("BLR", "Belarus", "بيلاروس", "Minsk"), ("MNG", "Mongolia", "منغوليا", "Ulaanbaatar"),
)
OFFICES = (("state", "Head of state of", "رئيس دولة"), ("government", "Head of government of", "رئيس حكومة"))
COMMODITIES = ("crude oil", "natural gas", "wheat", "steel", "machinery", "vehicles", "electronics", "copper")
TOPICS = ("trade", "energy", "security", "investment", "climate", "transport", "الطاقة", "التجارة")
OCCASIONS = ("summit", "working talks", "anniversary", "economic forum", "signing ceremony", "قمة")
MEASURES = ("level",) * 11 + ("change",) * 5 + ("forecast",) * 2 + ("target",) * 2
STATUSES = ("occurred",) * 12 + ("ongoing", "scheduled", "scheduled", "invited", "accepted", "intended", "expected")
ACTIONS = ("signed",) * 4 + ("ratified", "in-force", "extended", "expires", "suspended", "withdrawn", "proposed")
BOUNDS = ("", "", "", ',"bound":"approx"', ',"bound":"gt"', ',"bound":"ge"', ',"bound":"lt"')
QUOTES = (
    "بلغ حجم التبادل التجاري بين البلدين مستوى جديدا",
    "أجرى الجانبان محادثات حول العلاقات الثنائية",
    "من المقرر أن تتم الزيارة في موعد يتفق عليه",
    "وقع الجانبان اتفاقا في ختام المحادثات",
    "The two sides discussed relations and agreed to stay in touch",
    "Officials said that the figures were preliminary",
)
AGENCIES = 12
YEARS = range(2005, 2026)
POOL = 4096  # dates of each sort made beforehand, and claims remembered to be retracted or superseded


def compact(value):
    """Minimal JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Generator:
    """Makes events one after the other. Only random() is drawn from, the same on every version of Python."""

    def __init__(self, seed):
        self.random = random.Random(seed).random
        self.seed = seed
        self.source = f"annals/generated/{seed}"
        self.number = self.documents = 0
        self.document = None
        self.claims = []
        self.treaties = set()
        self.leaders = [self.references(*names) for names in self.offices()]
        self.countries = [self.references(iso3, en, ar) for iso3, en, ar, _ in COUNTRIES]
        self.pairs = list(itertools.combinations(range(len(COUNTRIES)), 2))
        self.subjects = ["+".join(sorted((COUNTRIES[a][0], COUNTRIES[b][0]))) for a, b in self.pairs]
        self.days = [self.day() for _ in range(POOL)]
        self.times = [f"{day}T{self.below(24):02}:{self.below(60):02}:{self.below(60):02}Z" for day in self.days]
        self.whens = [self.when() for _ in range(POOL)]
        self.periods = [self.period() for _ in range(POOL)]
        self.bodies = (("claim.trade", self.trade),) * 40 + (("claim.call", self.call),) * 15
        self.bodies += (("claim.meeting", self.meeting),) * 15 + (("claim.visit", self.visit),) * 25
        self.bodies += (("claim.treaty", self.treaty),) * 4

    def pick(self, values):
        """One of the values."""
        return values[int(self.random() * len(values))]

    def below(self, limit):
        """An integer from 0 up to limit, without it."""
        return int(self.random() * limit)

    @staticmethod
    def offices():
        """Id, English and Arabic name of each office."""
        for iso3, en, ar, _ in COUNTRIES:
            for slug, in_english, in_arabic in OFFICES:
                yield f"{iso3}-{slug}", f"{in_english} {en}", f"{in_arabic} {ar}"

    @staticmethod
    def references(id_, en, ar):
        """Eight ways to refer to an entity, as JSON: mostly by its id."""
        return [compact(each) for each in (id_, id_, id_, id_, id_, en, ar, {"entity": id_, "surface": ar})]

    def day(self):
        """A day."""
        return f"{self.pick(YEARS)}-{1 + self.below(12):02}-{1 + self.below(28):02}"

    def when(self):
        """A date of varied precision, as JSON."""
        if self.random() < 0.03:
            return '{"expression":"قبل أيام","lang":"ar"}'
        year, month, day = self.pick(YEARS), f"{1 + self.below(12):02}", 1 + self.below(25)
        days = (f"{year}-{month}-{day:02}",) * 10 + (f"{year}-{month}-{day:02}/{year}-{month}-{day + 3:02}",)
        wide = (f"{year}-{month}", f"{year}-{month}~", f"{year}", f"{year}?", f"{str(year)[:3]}X", f"{year}-{month}-XX")
        parts = (f"{year}-{21 + self.below(4)}", f"{year}-{33 + self.below(4)}", f"{year}-{40 + self.below(2)}")
        text = self.pick(days if self.random() < 0.6 else wide + parts)
        return compact(text if self.random() < 0.9 else {"edtf": text, "aspect": self.pick(("sometime-in", "from"))})

    def period(self):
        """A period of trade and the same one a year before, as JSON."""
        year, month = self.pick(YEARS), 1 + self.below(12)
        shape = self.pick(("{}",) * 5 + ("{}-%02d" % month, "{}-33", "{}-34", "{}-40", "{}-01/{}-%02d" % max(2, month)))
        return compact(shape.format(year, year)), compact(shape.format(year - 1, year - 1))

    def line(self, type_, subject, body):
        """An event with the next id."""
        self.number += 1
        return (
            f'{{"specversion":"1.0","source":"{self.source}","id":"g{self.number:09}","type":"{type_}",'
            f'"subject":"{subject}","time":"{self.times[int(self.random() * POOL)]}","data":{{{body}}}}}'
        )

    def common(self):
        """Evidence, and now and then attribution, confidence."""
        r = self.random
        start, quote = int(r() * 9000), QUOTES[int(r() * len(QUOTES))]
        place = f'"document":"{self.document}","start":{start},"end":{start + len(quote)},"quote":"{quote}"'
        text = f'"evidence":[{{{place}}}],'
        draw = r()
        if draw < 0.4:
            text += f'"attribution":["agency-{int(r() * AGENCIES)}"],'
        if draw < 0.6:
            text += f'"confidence":0.{50 + int(r() * 50)},'
        return text

    def parties(self, pair):
        """Two leaders of two countries, as JSON."""
        r, leaders = self.random, self.leaders
        a, b = self.pairs[pair]
        return f"[{leaders[2 * a + int(r() * 2)][int(r() * 8)]},{leaders[2 * b + int(r() * 2)][int(r() * 8)]}]"

    def dated(self):
        """When and status, as JSON."""
        return f'"when":{self.pick(self.whens)},"status":"{self.pick(STATUSES)}",'

    # Bodies of claims: (subject, JSON of data without its braces).

    def trade(self):
        """A figure of trade."""
        r = self.random
        pair = int(r() * len(self.pairs))
        a, b = (self.countries[each][int(r() * 8)] for each in self.pairs[pair])
        period, before = self.periods[int(r() * POOL)]
        measure = MEASURES[int(r() * len(MEASURES))]
        text = f'{self.common()}"measure":"{measure}",'
        text += f'"between":[{a},{b}],' if r() < 0.3 else f'"reporter":{a},"partner":{b},'
        flow = ("turnover", "exports", "imports")[int(r() * 3)]
        text += f'"flow":"{flow}","period":{period},'
        if r() < 0.2:
            text += f'"commodity":"{COMMODITIES[int(r() * len(COMMODITIES))]}",'
        bound = BOUNDS[int(r() * len(BOUNDS))]
        if measure == "change":
            text += f'"base":{before},"percent":{{"value":{(int(r() * 800) - 300) / 10}{bound},"unit":"%"}}'
        else:
            text += f'"deadline":{period},' if measure == "target" else ""
            text += f'"amount":{{"value":{1 + int(r() * 4000)}00000000{bound},"unit":"USD"}}'
        return self.subjects[pair], text

    def call(self):
        """A call of two leaders."""
        r = self.random
        pair = int(r() * len(self.pairs))
        medium = "phone" if r() < 0.7 else "video"
        text = f'{self.common()}{self.dated()}"parties":{self.parties(pair)},"medium":"{medium}"'
        if r() < 0.6:
            text += f',"duration":{{"value":{10 + int(r() * 150)}{self.pick(BOUNDS)},"unit":"min"}}'
        return self.subjects[pair], f'{text},"topics":["{self.pick(TOPICS)}","relations"]'

    def meeting(self):
        """A meeting of two leaders in the capital of one of them."""
        r = self.random
        pair = int(r() * len(self.pairs))
        place = COUNTRIES[self.pairs[pair][int(r() * 2)]][3]
        text = f'{self.common()}{self.dated()}"parties":{self.parties(pair)},"place":"{place}","format":"bilateral"'
        return self.subjects[pair], f'{text},"occasion":"{self.pick(OCCASIONS)}"' if r() < 0.5 else text

    def visit(self):
        """A visit of a leader to another country."""
        r = self.random
        a, b = self.pairs[int(r() * len(self.pairs))]
        a, b = (a, b) if r() < 0.5 else (b, a)
        office = int(r() * 2)
        visitor = self.leaders[2 * a + office][int(r() * 8)]
        level = ("state", "official", "working")[int(r() * 3)]
        text = f'{self.common()}{self.dated()}"visitor":{visitor},"host":{self.countries[b][int(r() * 8)]},'
        return f"{COUNTRIES[a][0]}-{OFFICES[office][0]}", f'{text}"place":"{COUNTRIES[b][3]}","level":"{level}"'

    def treaty(self):
        """An act about the treaty of two countries."""
        one, other = (COUNTRIES[index][0] for index in self.pick(self.pairs))
        id_ = f"treaty-{one}-{other}"
        text = f'{self.common()}"when":{self.pick(self.whens)},"treaty":"{id_}","action":"{self.pick(ACTIONS)}"'
        return id_, f'{text},"parties":["{one}","{other}"]'

    def declared(self, id_, kind, en, ar=None, **more):
        """The declaration of an entity."""
        names = {"en": [en]} | ({"ar": [ar]} if ar else {})
        body = {"entity": id_, "kind": kind, "names": names} | more
        return self.line("entity.declared", id_, compact(body)[1:-1])

    def entities(self):
        """Declarations of all entities but treaties."""
        for iso3, en, ar, capital in COUNTRIES:
            yield self.declared(iso3, "country", en, ar, iso3=iso3)
            yield self.declared(f"capital-{iso3}", "place", capital, country=iso3)
        for id_, en, ar in self.offices():
            yield self.declared(id_, "person", en, ar, country=id_[:3])
        for number in range(AGENCIES):
            yield self.declared(f"agency-{number}", "organisation", f"Agency {number}", f"وكالة {number}")

    def registration(self):
        """The next document, on which the claims after it rest."""
        self.documents += 1
        self.document = f"document-{self.seed}-{self.documents:06}"
        body = f'"document":"{self.document}","publisher":"agency-{self.below(AGENCIES)}","lang":"ar",'
        body += f'"published":"{self.pick(self.days)}","basis":"stated"'
        return self.line("document.registered", self.document, body)

    def claim(self, type_, subject, body, more=""):
        """A claim, remembered for later without what more is said in it."""
        line = self.line(type_, subject, body + more)
        claim = (type_, subject, body, self.number)
        if len(self.claims) < POOL:
            self.claims.append(claim)
        else:
            self.claims[self.number % POOL] = claim
        return line

    def rare(self):
        """A document, a name, a retraction or a supersession."""
        draw = self.random()
        if draw < 0.4 or not self.claims:
            return self.registration()
        if draw < 0.6:
            id_, _, name, _ = self.pick(COUNTRIES)
            return self.line("entity.named", id_, f'"entity":"{id_}","name":"{name} {self.number}","lang":"ar"')
        at = self.below(len(self.claims))
        type_, subject, body, number = self.claims[at]
        self.claims[at] = self.claims[-1]
        self.claims.pop()
        reference = f'{{"id":"g{number:09}"}}'
        if draw < 0.8:
            return self.line("review.retracted", subject, f'"claim":{reference},"reason":"generated"')
        return self.claim(type_, subject, body, f',"supersedes":{reference},"note":"generated again"')

    def events(self):
        """All events, without end."""
        yield from self.entities()
        yield self.registration()
        while True:
            draw = int(self.random() * 100)
            if draw == 99:
                yield self.rare()
            else:
                type_, claim = self.bodies[draw]
                subject, body = claim()
                if type_ == "claim.treaty" and subject not in self.treaties:
                    self.treaties.add(subject)
                    yield self.declared(subject, "treaty", "Treaty of " + subject.partition("-")[2].replace("-", " and "))
                yield self.claim(type_, subject, body)


def main():
    """Writes the first N events to the standard output."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", metavar="N", type=int, help="number of events, with the entities that come first")
    parser.add_argument("--seed", type=int, default=1, help="number from which all is drawn; part of the source (1)")
    options = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # end quietly when the reader has enough
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.writelines(f"{event}\n" for event in itertools.islice(Generator(options.seed).events(), options.count))


if __name__ == "__main__":
    main()
