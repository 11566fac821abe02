"""Web forms as a section of configuration files; each workspace gives a form an address of its own."""

from guanxi.engine.bundles.records import RecordSection

FORMS = RecordSection(
    name="web_form",
    object="web_form",
    attributes=(
        "name", "title", "title_en", "intro", "intro_en", "button", "button_en", "thanks", "thanks_en", "fields",
        "assign_to", "source", "campaign", "origins", "color", "active",
    ),
    folder="web_forms/{id}.toml",
    natural=("name",),
    as_system=True,
)  # fmt: skip
