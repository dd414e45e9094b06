"""The demonstration's people, all invented, and the password that they share."""

from typing import NamedTuple

PASSWORD = "reading-group"  # noqa: S105 - everyone may know it; the pages say so


class Person(NamedTuple):
    email: str
    name: str
    role: str


CAST = [
    Person("mina@seminar.example", "Mina Kaya", "organizer"),
    Person("jonas@seminar.example", "Jonas Thiele", "member"),
    Person("aiko@seminar.example", "Aiko Sato", "member"),
    Person("ravi@seminar.example", "Ravi Patel", "member"),
    Person("lena@seminar.example", "Lena Nowak", "organizer"),
    Person("noam@seminar.example", "נועם לוי", "member"),
    Person("otto@seminar.example", "Otto Weiss", "outsider"),
]
