"""Reads the conditions on holes, fillets and faces: comparisons, kinds, traits, screws, superlatives, negations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from utils.questions.ambiguity import OF_HOLE, check_bore, check_ranked, check_spaced
from utils.questions.problems import NotUnderstood
from utils.questions.quantities import Number
from utils.questions.question import (
    FIELDS,
    TRAITS,
    Condition,
    Operator,
    Question,
    Rank,
    Subject,
    contradiction,
)
from utils.questions.screws import SIZES, Screw, known
from utils.questions.sizes import as_screws, refuse, settled, with_units
from utils.questions.words import Term

_OPPOSITE: dict[str, Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_DEFAULT = {"holes": "diameter", "spacing": "diameter", "fillets": "radius", "faces": "area"}
_SAYS_SIZE = ("larger", "bigger", "smaller")
_NARROWING = ("through", "trait", "surface", "use", "screw")


class FeatureReader:
    """Goes once through the terms; whatever it cannot use makes the question not understood."""

    def __init__(self, subject: Subject, terms: list[Term], inches: bool | None) -> None:
        self.subject = subject
        self.terms = as_screws(terms)
        self.inches = inches
        self.at = 0
        self.start = 0  # of the size that is being read, its field with it
        self.pending: Term | None = None  # a field that waits for its comparison
        self.last_field: str | None = None
        self.dangling: list[str] = []
        self.best: tuple[str, str | None, int] | None = None
        self.best_field = False  # a field directly behind the superlative: "largest diameter"
        self.conditions: list[Condition] = []
        self.through: bool | None = None
        self.traits: dict[str, bool] = {}
        self.surface: str | None = None
        self.not_surface = False
        self.screw: Screw | None = None
        self.use: Any = None
        self.fit: str | None = None
        self.negated: str | None = None  # the text of what "not" was said of

    def read(self) -> Question:
        readers: dict[str, Callable[[Term], None]] = {
            "field": self._field,
            "compare": self._compare,
            "between": self._between,
            "number": self._number,
            "not": self._not,
            "through": lambda term: self._through(term.value == "through", term),
            "trait": lambda term: self._trait(term.value[0], term.value[1], term),
            "surface": lambda term: self._surface(term, False),
            "best": self._best,
            "screw": self._screw,
            "use": self._use,
            "fit": self._fit,
            "subject": lambda _: None,
            "count": lambda _: None,
            "inches": lambda _: None,
            "and": lambda _: None,
        }
        check_ranked(self.terms)
        while (term := self._next()) is not None:
            self.start = self.start if self.pending else self.at - 1
            if term.kind not in readers:
                raise self._misplaced(term)
            if term.kind in _NARROWING and self.negated:
                raise refuse(
                    f"Does “{self.negated}” hold for “{term.text}” too? Put “{term.text}” first, or say not twice."
                )
            readers[term.kind](term)
        return self._question()

    def _next(self) -> Term | None:
        term = self._peek()
        self.at += 1
        return term

    def _peek(self, ahead: int = 0) -> Term | None:
        place = self.at + ahead
        return self.terms[place] if place < len(self.terms) else None

    def _is(self, *kinds: str) -> bool:
        return all((term := self._peek(i)) is not None and term.kind == kind for i, kind in enumerate(kinds))

    def _misplaced(self, term: Term) -> NotUnderstood:
        if term.kind == "or":
            return refuse(
                f"“{term.text}” is not understood: all conditions of a question hold at once.", term.text
            )
        return refuse(f"“{term.text}” does not fit there.", term.text)

    # Fields, numbers and comparisons

    def _field(self, term: Term) -> None:
        if term.value == "density":
            raise self._misplaced(term)
        if self.pending:
            self._leave(self.pending)
            self.best_field = False
        self.pending = term

    def _leave(self, field: Term) -> None:
        """A field without a comparison is what is asked for ("depth of the 6 mm holes"); behind one it is unclear."""
        if self.conditions:
            raise refuse(f"“{field.text}” has no number.", field.text)
        self.dangling.append(field.value)

    def _taken_field(self, term: Term, number: Number, own: str | None = None) -> str:
        before, named = self.at, bool(own or self.pending)
        field = self._field_of(term, number, own)
        if field in OF_HOLE and self.subject in ("holes", "spacing"):
            check_bore(self.terms, self.start, self.at, named or self.at > before)
        return field

    def _field_of(self, term: Term, number: Number, own: str | None) -> str:
        pending, self.pending = self.pending, None
        if pending and self.best_field:
            raise refuse(f"Say “{pending.text} <= …” for a limit, or “largest” without a number.", term.text)
        if own and pending and pending.value != own:
            raise refuse(f"“{pending.text}” and “{term.text}” do not go together.", term.text)
        if own or pending:
            return own or str(pending and pending.value)
        follower = self._peek()
        if follower and follower.kind == "field" and not (self._peek(1) and self._is("field", "compare")):
            self._next()
            return str(follower.value)
        return self._unnamed_field(term, number)

    def _unnamed_field(self, term: Term, number: Number) -> str:
        if number.dimension == "angle":
            return "countersink angle"
        if number.dimension == "area":
            return "area"
        default = _DEFAULT[self.subject]
        if self.subject == "faces" and (
            number.dimension == "length" or self.surface in ("cylinder", "sphere")
        ):
            default = "diameter"
        if term.kind != "number" and self.last_field and self.last_field != default:
            if term.text.startswith(_SAYS_SIZE):
                raise refuse(f"“{term.text}” of what: {self.last_field} or {default}?", term.text)
            return self.last_field
        return default

    def _compare(self, term: Term, negated: bool = False) -> None:
        operator, own = term.value
        if negated:
            operator = _OPPOSITE[operator]
        number = self._quantity(term)
        if operator == "=" and self._is("plusminus", "number"):
            return self._plus_minus(term, number)
        self._add(Condition(self._taken_field(term, number, own), operator, number))

    def _between(self, term: Term) -> None:
        pair = self._is("number", "and", "number") or self._is("number", "to", "number")
        if self.subject == "spacing" and not pair:  # spacing between the 6 mm holes
            return
        if not self._is("number"):
            raise refuse(f"“{term.text}” what? Say for example “between 3 and 6 mm”.", term.text)
        if not pair:
            raise refuse(f"“{term.text}” needs two numbers, for example “between 3 and 6 mm”.", term.text)
        low = self._quantity(term)
        self._next()
        self._range(term, low, self._quantity(term))

    def _range(self, term: Term, low: Number, high: Number) -> None:
        if not low.unit:
            low = Number(low.value, high.unit)
        elif not high.unit:
            high = Number(high.value, low.unit)
        if low.metric > high.metric:
            low, high = high, low
        self._add(Condition(self._taken_field(term, high), "between", low, high))

    def _plus_minus(self, term: Term, middle: Number) -> None:
        self._next()
        margin = self._quantity(term)
        if margin.unit and middle.unit and margin.unit != middle.unit:
            raise refuse("Give both numbers of “±” in one unit.", "±")
        unit = middle.unit or margin.unit
        self._range(
            term, Number(middle.value - margin.value, unit), Number(middle.value + margin.value, unit)
        )

    def _number(self, term: Term, negated: bool = False) -> None:
        number: Number = term.value
        if not self.pending:
            check_spaced(self.terms, self.at - 1)
        if self._is("best") and not (number.unit or negated or self.pending):
            best = self._next()
            assert best is not None
            return self._best(best, self._count(term))
        self.at -= 1
        if self._is("number", "to", "number") and not negated:
            low = self._quantity(term)
            self._next()
            return self._range(term, low, self._quantity(term))
        number = self._quantity(term)
        if self._is("plusminus", "number") and not negated:
            return self._plus_minus(term, number)
        limit = self._next() if self._is("limit") and not negated else None
        follower = self._peek()
        if not number.unit and not self.pending and not (follower and follower.kind == "field"):
            raise refuse(f"What is “{term.text}”? Say for example “diameter = {term.text} mm”.", term.text)
        field = self._taken_field(term, number)
        if any(condition.field == field for condition in self.conditions):
            raise refuse(f"What is “{term.text}”? Say < or > or =.", term.text)
        self._add(Condition(field, limit.value if limit else "!=" if negated else "=", number))

    def _quantity(self, before: Term) -> Number:
        term = self._next()
        if term is None or term.kind != "number":
            raise refuse(f"“{before.text}” needs a number.", before.text)
        if term.fraction and not (self.inches or self._inches_follow()):
            raise refuse(
                f"{term.text} of what? Write {term.text} in, or millimetres as a decimal.", term.text
            )
        number: Number = term.value
        return number

    def _inches_follow(self) -> bool:
        """ "between 1/8 and 1/4 in": the unit of the range's end is meant for its start as well."""
        if not (self._is("and", "number") or self._is("to", "number")):
            return False
        end = self._peek(1)
        return end is not None and end.value.inches

    def _add(self, condition: Condition) -> None:
        self.last_field = condition.field
        if condition not in self.conditions:
            self.conditions.append(condition)

    # Kinds and traits

    def _not(self, term: Term) -> None:
        following = self._next()
        negatable: dict[str, Callable[[Term], None]] = {
            "through": lambda t: self._through(t.value != "through", t),
            "trait": lambda t: self._trait(t.value[0], not t.value[1], t),
            "surface": lambda t: self._surface(t, True),
            "compare": lambda t: self._compare(t, negated=True),
            "number": lambda t: self._number(t, negated=True),
        }
        if following is None or following.kind not in negatable:
            what = f"{term.text} {following.text}" if following else term.text
            raise refuse(f"“{what}” is not understood.", term.text)
        negatable[following.kind](following)
        if following.kind in _NARROWING:
            self.negated = f"{term.text} {following.text}"
            if self._is("and") or self._is("or"):
                after = self._peek(1)
                if after and after.kind in _NARROWING:
                    raise refuse(f"Does “{term.text}” hold for “{after.text}” too? Say it twice.", term.text)
            if self._is("not") or self._is("and", "not"):
                self.negated = None

    def _through(self, through: bool, term: Term) -> None:
        if self.subject not in ("holes", "spacing"):
            raise refuse(f"“{term.text}” does not go with {self.subject}.", term.text)
        if self.through not in (None, through):
            raise refuse("No hole is both through and blind.", term.text)
        self.through = through

    def _trait(self, name: str, on: bool, term: Term) -> None:
        if name not in TRAITS[self.subject]:
            raise refuse(f"“{term.text}” does not go with {self.subject}.", term.text)
        if self.traits.get(name, on) != on:
            raise refuse(f"Both “{term.text}” and its opposite are asked for.", term.text)
        self.traits[name] = on
        if self.traits.get("plain") and (self.traits.get("counterbored") or self.traits.get("countersunk")):
            raise refuse("A plain hole has no counterbore and no countersink.", term.text)

    def _surface(self, term: Term, negated: bool) -> None:
        if self.subject != "faces":
            raise refuse(f"“{term.text}” does not go with {self.subject}.", term.text)
        if self.surface not in (None, term.value) or (self.surface and negated != self.not_surface):
            raise refuse("A face has one kind of surface.", term.text)
        self.surface, self.not_surface = term.value, negated

    def _best(self, term: Term, count: int = 1) -> None:
        if self.best:
            raise refuse("Ask for one of largest and smallest at a time.", term.text)
        follower = self._peek()
        if follower and follower.kind == "number":
            if follower.value.unit or count != 1:
                raise refuse(f"“{term.text} {follower.text}”: say <= or >= for a limit.", term.text)
            count = self._count(follower)
            self._next()
            if self._is("field"):
                raise refuse(
                    f"“{term.text} {follower.text}” of what? Say “{follower.text} {term.text} …”.", term.text
                )
        order, field = term.value
        self.best = order, field, count
        self.best_field = self._is("field")

    def _count(self, term: Term) -> int:
        if not (term.text.isdigit() and 1 <= int(term.text) <= 1000):
            raise refuse(f"“{term.text}” is no count.", term.text)
        return int(term.text)

    # Screws

    def _screw(self, term: Term) -> None:
        if self.screw not in (None, term.value):
            raise refuse("Ask for one screw at a time.", term.text)
        if not known(term.value):
            sizes = ", ".join(SIZES)
            raise refuse(
                f"There is no {term.value} in the tables, which have {sizes} and their common threads.",
                term.text,
            )
        self.screw = term.value

    def _use(self, term: Term) -> None:
        if self.use not in (None, term.value):
            raise refuse("No hole is for clearance and for a tap at once.", term.text)
        self.use = term.value

    def _fit(self, term: Term) -> None:
        if self.fit not in (None, term.value):
            raise refuse("Ask for one fit at a time.", term.text)
        self.fit = term.value

    def _settle_screw(self) -> None:
        if self.screw and self.subject not in ("holes", "spacing"):
            raise refuse(f"“{self.screw}” does not go with {self.subject}.", str(self.screw))
        self.screw, self.use, self.fit = settled(self.screw, self.use, self.fit)
        if self.use == "clearance" and self.through is None:
            self.through = True  # a screw passes only a hole that goes through; the canonical form says so

    # The whole

    def _question(self) -> Question:
        if self.pending:
            self._leave(self.pending)
        self._settle_screw()
        if not self.best:
            for field in self.dangling:  # the counterbore diameter is one of counterbored holes
                if field.startswith("counter") and not self.traits.get("plain"):
                    self.traits.setdefault("counterbored" if "bore" in field else "countersunk", True)
        for field in (*self.dangling, *(condition.field for condition in self.conditions)):
            if field not in FIELDS[self.subject]:
                raise refuse(f"“{field}” does not go with {self.subject}.", field)
        rank = self._rank()
        question = Question(
            self.subject,
            with_units(self.subject, self.conditions, bool(self.inches)),
            self.through,
            tuple(sorted(self.traits.items())),
            self.surface,
            self.not_surface,
            self.screw,
            self.use,
            self.fit,
            rank,
        )
        question = replace(question, inches=self._in_inches(question))
        if reason := contradiction(question):
            raise refuse(reason)
        return question

    def _rank(self) -> Rank | None:
        if not self.best:
            return None
        if self.subject == "spacing":
            raise refuse("Ask for the spacing without largest or smallest.")
        order, field, count = self.best
        named = set(self.dangling)
        if len(named) > 1 or (field and named - {field}):
            raise refuse("By which of these: " + ", ".join(sorted(named)) + "?")
        field = field or next(iter(named), _DEFAULT[self.subject])
        if field not in FIELDS[self.subject]:
            raise refuse(f"“{field}” does not go with {self.subject}.", field)
        if any(condition.field == field and condition.operator == "=" for condition in self.conditions):
            raise refuse(
                f"“{field} =” and the largest or smallest do not go together; say <= or >= for a limit."
            )
        return Rank("max" if order == "max" else "min", field, count)

    def _in_inches(self, question: Question) -> bool:
        if self.inches is not None:
            return self.inches
        return any(n.inches for c in question.conditions for n in (c.low, c.high) if n)
