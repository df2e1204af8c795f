"""Names of the code lists, the codes that are not an answer, and the words of a mapping."""

from enum import StrEnum


class CodeListName(StrEnum):
    """The code lists there are. Each has a file of the same name in `data/`."""

    FORM = "form"
    ROUTE = "route"
    SOURCE_GROUP = "source_group"
    CHANNEL = "channel"
    RECRUITMENT = "recruitment"
    RELATION = "relation"
    MEANS = "means"
    SECTOR = "sector"
    SIGNAL = "signal"
    OUTCOME = "outcome"
    LEGAL_FRAME = "legal_frame"
    CONVERSION_REASON = "conversion_reason"
    CLOSING_REASON = "closing_reason"
    NATIONALITY_GROUP = "nationality_group"
    AGE_BAND = "age_band"
    SEX = "sex"
    CERTAINTY = "certainty"
    SUBJECT_ROLE = "subject_role"


# Four different things. A fifth, *leeg* (not filled in), is never an entry: it is the absence of
# one.
OTHER = "OVG"
UNKNOWN = "UNK"
NOT_DETERMINABLE = "NVS"
NOT_APPLICABLE = "NVT"


class Scheme(StrEnum):
    """The standards that entries are mapped to.

    htcds: Human Trafficking Case Data Standard 2.0 (IOM), written as field/value.
    comensha: the groups that CoMensha publishes.
    cbs: the values that CBS publishes for Veilig Thuis.
    eu: the groups of the yearly European figures (Directive 2024/1712, Eurostat crim_thb).
    """

    HTCDS = "htcds"
    COMENSHA = "comensha"
    CBS = "cbs"
    EU = "eu"


class Quality(StrEnum):
    """How the value of the other standard compares with our entry: the same, wider, narrower, or
    looked for and not there."""

    EXACT = "exact"
    BROADER = "broader"
    NARROWER = "narrower"
    NONE = "none"
