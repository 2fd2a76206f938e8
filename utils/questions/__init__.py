"""Questions about a model's geometry: a small grammar, answered from its analysis with numbers and faces."""

from utils.questions.answering import answer
from utils.questions.answers.model import Answer, Distance, Measure, Value
from utils.questions.grammar import EXAMPLES, GRAMMAR
from utils.questions.interpreting import Chat
from utils.questions.parser import parse
from utils.questions.problems import NotUnderstood, Unanswerable

__all__ = [
    "EXAMPLES",
    "GRAMMAR",
    "Answer",
    "Chat",
    "Distance",
    "Measure",
    "NotUnderstood",
    "Unanswerable",
    "Value",
    "answer",
    "parse",
]
