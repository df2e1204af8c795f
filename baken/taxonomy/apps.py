from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "baken.taxonomy"
    label = "taxonomy"
