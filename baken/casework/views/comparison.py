"""Answers in words: for the detail page, and for two versions side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer
from baken.casework.rules.merging import MINE, THEIRS, to_choose
from baken.casework.states import Anonymity, Answer, Kind, Origin, Urgency
from baken.organisations.interface import name_of
from baken.taxonomy.interface import label_of

LABELS = {
    "kind": gettext_lazy("Soort"),
    "received": gettext_lazy("Ontvangen op"),
    "origin": gettext_lazy("Aanleiding"),
    "legal_frame": gettext_lazy("Juridisch kader"),
    "urgency": gettext_lazy("Urgentie"),
    "channel": gettext_lazy("Kanaal"),
    "source_group": gettext_lazy("Melder"),
    "reporter_is_professional": gettext_lazy("Beroepsmatige melder"),
    "anonymity": gettext_lazy("Wie mag de melder kennen"),
    "home_municipality": gettext_lazy("Woongemeente mogelijk slachtoffer"),
    "exploitation_municipality": gettext_lazy("Plaats van uitbuiting"),
    "reporter_municipality": gettext_lazy("Gemeente van de melder"),
    "forms": gettext_lazy("Vormen van uitbuiting"),
    "primary_form": gettext_lazy("Belangrijkste vorm"),
    "route": gettext_lazy("Route"),
    "sector": gettext_lazy("Sector"),
    "relation": gettext_lazy("Relatie tot de vermoedelijke uitbuiter"),
    "recruitment": gettext_lazy("Werving"),
    "means": gettext_lazy("Dwangmiddelen"),
    "signals": gettext_lazy("Signalen"),
    "subjects": gettext_lazy("Mensen"),
    "concerns_minor": gettext_lazy("Betreft minderjarige"),
    "concerns_several": gettext_lazy("Meer dan één persoon"),
    "external_number": gettext_lazy("Extern dossiernummer"),
    "summary": gettext_lazy("Wat er verteld is"),
    "identities": gettext_lazy("Identiteit van betrokkenen"),
    "reporter": gettext_lazy("Identiteit van de melder"),
}
_LISTS = {
    "legal_frame": "legal_frame",
    "channel": "channel",
    "source_group": "source_group",
    "primary_form": "form",
    "route": "route",
    "sector": "sector",
    "relation": "relation",
    "recruitment": "recruitment",
    "means": "means",
    "signals": "signal",
}
_ENUMS = {
    "kind": Kind,
    "origin": Origin,
    "urgency": Urgency,
    "anonymity": Anonymity,
    "reporter_is_professional": Answer,
    "concerns_minor": Answer,
    "concerns_several": Answer,
}


@dataclass(frozen=True)
class Side:
    """One version of an answer: `value` is how the form says that it stays."""

    value: str
    title: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Difference:
    """One answer that two people filled in differently."""

    name: str
    label: str
    mine: str
    theirs: str
    chosen: str = ""
    is_chosen_itself: bool = True  # else it goes along with another answer

    @property
    def sides(self) -> list[Side]:
        return [
            Side(MINE, str(_("uw versie")), self.mine, self.chosen == MINE),
            Side(THEIRS, str(_("versie van uw collega")), self.theirs, self.chosen == THEIRS),
        ]


def differences(
    mine: Answers, theirs: Answers, chosen: Mapping[str, str] | None = None
) -> list[Difference]:
    """The answers that differ, in the order of the form, with what was chosen so far."""
    return [
        Difference(
            name,
            str(LABELS[name]),
            in_words(name, mine),
            in_words(name, theirs),
            chosen=(chosen or {}).get(name, ""),
            is_chosen_itself=name == leader,
        )
        for name, leader in to_choose(mine, theirs).items()
    ]


def in_words(name: str, answers: Answers) -> str:
    """One answer as a reader wants it; *leeg* when nobody filled it in."""
    value = getattr(answers, name)
    if value in ("", None, ()):
        return str(_("leeg"))
    if name in _ENUMS:
        return str(_ENUMS[name](value).label)
    if name.endswith("_municipality"):
        return name_of(value)
    if name == "forms":
        return "; ".join(_form_in_words(form) for form in value)
    if name == "subjects":
        return "; ".join(subject_in_words(subject) for subject in value)
    if name in _LISTS:
        return _codes_in_words(_LISTS[name], value)
    return str(value)


def _codes_in_words(code_list: str, value: str | Iterable[str]) -> str:
    codes = [value] if isinstance(value, str) else value
    return "; ".join(label_of(code_list, code) for code in codes)


def _form_in_words(form: FormAnswer) -> str:
    subs = ", ".join(label_of("form", code) for code in form.sub_forms)
    certainty = label_of("certainty", form.certainty).lower() if form.certainty else ""
    extra = ", ".join(part for part in (subs, certainty) if part)
    label = label_of("form", form.form)
    return f"{label} ({extra})" if extra else label


def subject_in_words(subject: SubjectAnswer) -> str:
    parts = [label_of("subject_role", subject.role)]
    if subject.also_role:
        also = label_of("subject_role", subject.also_role).lower()
        parts.append(_("tegelijk %(role)s") % {"role": also})
    for code_list in ("age_band", "sex", "nationality_group"):
        code = getattr(subject, code_list)
        parts += [label_of(code_list, code)] if code else []
    if subject.minor_at_report == Answer.YES:
        parts.append(str(_("minderjarig")))
    if subject.minor_at_start == Answer.YES:
        parts.append(str(_("minderjarig bij het begin")))
    return ", ".join(parts)
