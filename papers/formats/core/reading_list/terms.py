"""Names of terms, weeks and other parts of a year, as people put them above parts of a table."""

import re

_SEASON = (
    r"spring|summer|fall|autumn|winter|term|semester|trimester|quarter|week|session|block|part|"
    r"module|unit|cohort|year|frühling|frühjahr|sommer|herbst|sommersemester|wintersemester|ws|ss|"
    r"wise|sose|hs|fs|woche|printemps|été|automne|hiver|semestre|semaine|primavera|verano|otoño|"
    r"invierno|semana|trimestre"
)
# `Fall 2023`, `WS 2023/24`, `2023-2024`, `Week 3`, `Q1 2024`, `2023 Spring`, `Michaelmas 2023`
_TERM = re.compile(
    rf"(?:(?:{_SEASON}|michaelmas|hilary|trinity|lent|easter|q[1-4])\b.{{0,60}}"
    rf"|(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?(?:\s+(?:{_SEASON})\b.{{0,60}})?"
    r"|.{0,12}(?:19|20)\d\d\s*(?:学期|春|夏|秋|冬).{0,20}|第.{1,4}(?:学期|周).{0,40})",
    re.IGNORECASE,
)


def is_one(text: str) -> bool:
    """Return whether the text is such a name and nothing else."""
    return bool(_TERM.fullmatch(text.strip()))
