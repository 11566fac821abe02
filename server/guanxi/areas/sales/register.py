"""The whole wiring of sales."""

from pathlib import Path

from guanxi.areas.sales import following
from guanxi.areas.sales.actions.accept_lead import accept_lead
from guanxi.areas.sales.actions.assign_leads import assign_leads
from guanxi.areas.sales.actions.check_items import check_items
from guanxi.areas.sales.actions.clone_opportunity import clone_opportunity
from guanxi.areas.sales.actions.convert_lead import convert_lead
from guanxi.areas.sales.actions.remove_stage import remove_stage
from guanxi.areas.sales.actions.revert_conversion import revert_conversion
from guanxi.areas.sales.actions.train_probability import train_probability
from guanxi.areas.sales.assigning import acceptance
from guanxi.areas.sales.assigning import hearing as assignment_hearing
from guanxi.areas.sales.assigning.routes import ROUTES as ASSIGNING_ROUTES
from guanxi.areas.sales.bundle import (
    ASSIGNMENT_RULES,
    CONVERSION_MAPPINGS,
    GRADING_MODELS,
    GRADING_RULES,
    PIPELINES,
    STAGES,
    TERRITORIES,
)
from guanxi.areas.sales.converting.routes import ROUTES as CONVERTING_ROUTES
from guanxi.areas.sales.grading import hearing, regrading
from guanxi.areas.sales.grading.routes import ROUTES as GRADING_ROUTES
from guanxi.areas.sales.grading.seed import seed_grading
from guanxi.areas.sales.hooks import (
    assignment,
    competitors,
    conversion_mappings,
    grading,
    leads,
    lines,
    opportunities,
    pipelines,
    stage_gates,
    stages,
    teams,
)
from guanxi.areas.sales.probability import hearing as foretelling
from guanxi.areas.sales.probability import training
from guanxi.areas.sales.probability.routes import ROUTES as PROBABILITY_ROUTES
from guanxi.areas.sales.routes import ROUTES
from guanxi.areas.sales.rules import stages as stage_rules
from guanxi.areas.sales.seed import seed
from guanxi.capabilities.flows import templates
from guanxi.capabilities.hand_over.open_records import open_when
from guanxi.engine.bundles.items import section
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Leads, pipelines with stages, opportunities with their history and lines; the rules that hold of them."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(
        assignment,
        assignment_hearing,
        competitors,
        conversion_mappings,
        following,
        foretelling,
        grading,
        hearing,
        leads,
        lines,
        opportunities,
        pipelines,
        stages,
        stage_gates,
        teams,
    )
    registry.action(
        accept_lead,
        assign_leads,
        check_items,
        clone_opportunity,
        convert_lead,
        remove_stage,
        revert_conversion,
        train_probability,
    )
    registry.seed(seed, seed_grading)
    registry.jobs(regrading, training, acceptance)
    registry.routes(*ROUTES, *GRADING_ROUTES, *CONVERTING_ROUTES, *PROBABILITY_ROUTES, *ASSIGNING_ROUTES)
    open_when("opportunity", {"field": "status", "op": "not_in", "value": sorted(stage_rules.CLOSED)})
    open_when("lead", {"field": "status", "op": "not_in", "value": ["unqualified", "converted"]})
    templates.ship(Path(__file__).parent / "flows")
    section(PIPELINES)
    section(STAGES)
    section(GRADING_MODELS)
    section(GRADING_RULES)
    section(CONVERSION_MAPPINGS)
    section(TERRITORIES)
    section(ASSIGNMENT_RULES)
