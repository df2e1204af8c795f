"""What the log says in words. Each app describes its own events, in a module `events`:

`WORDS`     event → sentence
`SUBJECTS`  what stands before the colon of a subject → word
`in_words`  (event, detail) → the codes and counts of an entry as a text; may be missing
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def _modules() -> list[ModuleType]:
    own = [config for config in apps.get_app_configs() if config.name.startswith("baken.")]
    return [
        import_module(f"{config.name}.events")
        for config in own
        if config.module and module_has_submodule(config.module, "events")
    ]


def event_words(event: str) -> str:
    """The sentence of an event. One this version does not know keeps its own name."""
    for module in _modules():
        if event in module.WORDS:
            return str(module.WORDS[event])
    return event


def subject_words(subject: str) -> str:
    """What kind of thing a subject is; empty for no subject."""
    kind = subject.partition(":")[0]
    for module in _modules():
        if kind in getattr(module, "SUBJECTS", {}):
            return str(module.SUBJECTS[kind])
    return kind


def detail_words(event: str, detail: Mapping[str, object]) -> str:
    """The codes and counts of an entry as a text."""
    for module in _modules():
        if event in module.WORDS and hasattr(module, "in_words"):
            return str(module.in_words(event, detail))
    return ""
