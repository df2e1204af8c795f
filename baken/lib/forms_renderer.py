"""How Django draws forms in this house.

Fields come out as ``templates/components/field.html`` and controls carry the class names of the
NL Design System. Settings: ``FORM_RENDERER = "baken.lib.forms_renderer.BakenRenderer"`` and
``"django.forms"`` among the installed apps, so that Django's own widget templates are found.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

# The last part of a widget's template name tells its kind.
TEXT_KINDS = (
    *("clearable_file_input", "date", "datetime", "email", "file", "number", "password"),
    *("search", "tel", "text", "time", "url"),
)
CLASS_BY_KIND = {
    "textarea": "utrecht-textarea",
    "select": "utrecht-select",
    "checkbox": "utrecht-checkbox",
    **dict.fromkeys(TEXT_KINDS, "utrecht-textbox"),
}


class BakenRenderer(TemplatesSetting):
    """Renders forms with the house's templates and gives each control its class name."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Draw one form, field or control; controls get their class first."""
        if "widget" in context:
            add_class(context["widget"])
        rendered: str = super().render(template_name, context, request=request)
        return rendered


def add_class(widget: dict[str, Any]) -> None:
    """Add the class name to a control's attributes, and to the parts of a multi-widget."""
    kind = str(widget.get("template_name", "")).removesuffix(".html").rpartition("/")[2]
    name = CLASS_BY_KIND.get(kind)
    if name:
        own = widget["attrs"].get("class", "")
        widget["attrs"] = {**widget["attrs"], "class": f"{name} {own}".strip()}
    for part in widget.get("subwidgets", ()):
        add_class(part)
