"""What general practice and hospitals record about people, and which scores count it.

Sources. Long-term conditions: Suffolk and North East Essex Integrated Care System, "Long-term
conditions and complexity" (SNEE-ICS/SNEEdocs, docs/ltc.md, MIT licence). Deficits: Clegg and
others, Age and Ageing 2016;45:353-360, the 36 deficits of the electronic frailty index.
"""

import re

LONG_TERM = (
    "anxiety", "asthma", "atrial fibrillation", "chronic kidney disease",
    "chronic obstructive pulmonary disease", "depression", "diabetes", "epilepsy", "heart failure",
    "hypertension", "learning disability", "osteoporosis", "peripheral vascular disease", "stroke",
    "transient ischaemic attack",
)  # fmt: skip
"""The fifteen that Suffolk and North East Essex count."""

_OTHERS = (
    "cancer", "coronary heart disease", "dementia", "rheumatoid arthritis",
    "serious mental illness", "obesity", "smoking", "increased alcohol risk", "high alcohol risk",
    "palliative care", "end of life", "end-stage liver disease", "end-stage heart disease",
    "end-stage renal disease", "end-stage chronic obstructive pulmonary disease", "housebound",
    "has a carer",
)  # fmt: skip

_DEFICITS_ALONE = (
    "activity limitation", "anaemia", "dizziness", "dyspnoea", "falls", "foot problems",
    "fragility fracture", "hearing impairment", "heart valve disease", "hypotension or syncope",
    "mobility problems", "parkinsonism or tremor", "peptic ulcer", "polypharmacy", "skin ulcer",
    "sleep disturbance", "social vulnerability", "thyroid disease", "urinary incontinence",
    "urinary system disease", "visual impairment", "weight loss or anorexia",
)  # fmt: skip

CONDITIONS = (*LONG_TERM, *_OTHERS, *_DEFICITS_ALONE)
"""Every name that a row of the table of conditions may have and be counted."""

FOR_A_YEAR = frozenset({"obesity"})
"""Those that count only if they were recorded in the last year, as the published rules ask."""

DEFICITS: dict[str, tuple[str, ...]] = {
    "arthritis": ("rheumatoid arthritis",),
    "atrial fibrillation": ("atrial fibrillation",),
    "cerebrovascular disease": ("stroke", "transient ischaemic attack"),
    "chronic kidney disease": ("chronic kidney disease",),
    "diabetes": ("diabetes",),
    "heart failure": ("heart failure",),
    "housebound": ("housebound",),
    "hypertension": ("hypertension",),
    "ischaemic heart disease": ("coronary heart disease",),
    "memory and cognitive problems": ("dementia",),
    "osteoporosis": ("osteoporosis",),
    "peripheral vascular disease": ("peripheral vascular disease",),
    "requirement for care": ("has a carer",),
    "respiratory disease": ("asthma", "chronic obstructive pulmonary disease"),
} | {name: (name,) for name in _DEFICITS_ALONE}
"""The 36 deficits of the electronic frailty index, with the conditions that show each."""

IN_HOSPITAL: dict[str, tuple[str, ...]] = {
    "hip fracture": ("S72",),
    "stroke": ("I60-I64",),
    "a fall": ("W00-W19",),
    "frailty": ("R54",),
    "mental health": ("F20-F99",),
    "alcohol": ("F10", "K70", "T51"),
    "drugs": ("F11-F19", "T40"),
    "self-harm": ("X60-X84",),
    "homelessness": ("Z59",),
    "emergency dentistry": ("K02", "K04"),
    "pregnancy or birth": ("O00-O99",),
}
"""What people were in hospital for in the last year, by chapters of ICD-10.

Suffolk and North East Essex name these; their lists of codes are announced but not published, so
the codes here are Commonweal's own.
"""


def column(name: str) -> str:
    """The column of a profile that says whether somebody has it."""
    return re.sub(r"\W+", "_", name)


def in_for(name: str) -> str:
    """The column that says whether somebody was in hospital for it."""
    return f"in_for_{column(name)}"


def codes(spans: tuple[str, ...]) -> list[str]:
    """The codes of three characters in spans such as W00-W19."""
    listed = []
    for span in spans:
        first, _, last = span.partition("-")
        ends = int((last or first)[1:])
        listed += [f"{first[0]}{number:02}" for number in range(int(first[1:]), ends + 1)]
    return listed
