"""The manual's chapter on assurance: its rules, tried on risks, recovery, evidence, oversight."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse

from commonweal_site.plans.manual import PLANS, Chapter, printed

ASSURANCE = Chapter(
    "assurance",
    "Assurance: how the rules on risk, recovery, evidence and oversight are tried",
    PLANS.introduction,
    Path(__file__).with_name("settled.yaml"),
)


def manual(request: HttpRequest) -> HttpResponse:
    """The chapter. Each example has its own day."""
    return printed(request, ASSURANCE)
