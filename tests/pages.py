"""Every address of the office, with an example of each and what its view says about itself."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import get_resolver, reverse

# What stands in for a part of an address. The ids belong to nobody.
EXAMPLES = {
    "registration_id": UUID(int=1),
    "draft_id": UUID(int=2),
    "list_code": "form",
    "step": "take",
    "person": "noor",
    "slug": "meldingen-adviezen",
    "key": "x",
    "uidb36": "1",
    "pk": 1,
    "extension": "csv",
    "export_format": "csv",
    "format": "csv",
    "kind": "csv",
}


@dataclass(frozen=True)
class Page:
    """One address: `permission` is what its view requires, None when it says nothing."""

    name: str
    url: str
    view: object
    parameters: tuple[str, ...]

    @property
    def permission(self):
        return getattr(self.view, "permission", None)

    @property
    def is_entrance(self):
        return getattr(self.view, "is_entrance", False)

    @property
    def is_allauth(self):
        return self.name.startswith(("account_", "mfa_"))


def office_pages():
    return list(_walk(get_resolver("baken.config.urls_office").url_patterns, "", ()))


def _walk(patterns, namespace, before):
    for pattern in patterns:
        parameters = (*before, *_parameters(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, parameters)
        elif pattern.name:
            yield _page(f"{namespace}{pattern.name}", pattern, parameters)


def _parameters(pattern):
    return tuple(pattern.converters) or tuple(pattern.regex.groupindex)


def _page(name, pattern, parameters):
    words = {word: _example(word) for word in parameters}
    url = reverse(name, kwargs=words, urlconf="baken.config.urls_office")
    return Page(name, url, pattern.callback, parameters)


def _example(parameter):
    if parameter in EXAMPLES:
        return EXAMPLES[parameter]
    return UUID(int=3) if parameter.endswith("_id") else "x"
