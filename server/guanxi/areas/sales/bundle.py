"""Pipelines and their stages as sections of configuration files."""

from guanxi.engine.bundles.records import RecordSection

PIPELINES = RecordSection(
    name="pipeline",
    object="pipeline",
    attributes=("name", "is_default", "position", "requires_loss_reason"),
    folder="pipelines/{id}/pipeline.toml",
    natural=("name",),
    phase="before",
    as_system=True,
)
STAGES = RecordSection(
    name="stage",
    object="stage",
    attributes=(
        "name", "pipeline", "position", "probability", "category", "color",
        "entry_fields", "checklist", "entered_from", "may_skip", "may_go_back",
        "guidance", "guidance_en", "key_fields", "materials", "rot_days",
    ),
    folder="pipelines/{pipeline}/stages/{id}.toml",
    natural=("pipeline", "name"),
    phase="before",
    as_system=True,
    names={"pipeline": "pipeline"},
)  # fmt: skip
