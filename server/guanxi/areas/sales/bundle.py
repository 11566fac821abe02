"""Pipelines with their stages, and grading models with their rules, as sections of configuration files."""

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
        "guidance", "guidance_en", "key_fields", "materials", "rot_days", "after_quote", "forecast_category",
    ),
    folder="pipelines/{pipeline}/stages/{id}.toml",
    natural=("pipeline", "name"),
    phase="before",
    as_system=True,
    names={"pipeline": "pipeline"},
)  # fmt: skip
GRADING_MODELS = RecordSection(
    name="grading_model",
    object="grading_model",
    attributes=(
        "name", "fit_a", "fit_b", "engagement_a", "engagement_b", "fit_weight", "engagement_weight", "matrix", "active",
    ),
    folder="grading_models/{id}/model.toml",
    natural=("name",),
    as_system=True,
)  # fmt: skip
GRADING_RULES = RecordSection(
    name="grading_rule",
    object="grading_rule",
    attributes=("name", "model", "axis", "event", "where", "points", "half_life_days", "at_most", "position", "active"),
    folder="grading_models/{model}/rules/{id}.toml",
    natural=("model", "name"),
    as_system=True,
    names={"model": "grading_model"},
)
CONVERSION_MAPPINGS = RecordSection(
    name="conversion_mapping",
    object="conversion_mapping",
    attributes=("name", "object", "fields"),
    folder="conversion_mappings/{id}.toml",
    natural=("object",),
    as_system=True,
)
TERRITORIES = RecordSection(
    name="territory",
    object="territory",
    attributes=("name", "regions", "industries", "members", "position", "active"),
    folder="territories/{id}.toml",
    natural=("name",),
    as_system=True,
)
ASSIGNMENT_RULES = RecordSection(
    name="assignment_rule",
    object="assignment_rule",
    attributes=(
        "name", "where", "by_territory", "members", "departments", "roles", "skills", "industry_skill", "mode", "present",
        "at_work", "most", "seniors", "accept_minutes", "accept_at_work", "otherwise", "pool", "position", "active",
    ),
    folder="assignment_rules/{id}.toml",
    natural=("name",),
    as_system=True,
    names={"pool": "pool"},
)  # fmt: skip
