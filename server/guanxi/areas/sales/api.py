"""The only door to sales for other areas: its verbs and refusals. Records are read and written by the record API."""

from guanxi.areas.sales.actions.convert_lead import ConvertLead, convert_lead
from guanxi.areas.sales.actions.remove_stage import RemoveStage, remove_stage
from guanxi.areas.sales.errors import DefaultPipelineNeeded, LeadAlreadyConverted
from guanxi.areas.sales.rules.stages import forecast_category
from guanxi.areas.sales.seed import seed

__all__ = [
    "ConvertLead",
    "DefaultPipelineNeeded",
    "LeadAlreadyConverted",
    "RemoveStage",
    "convert_lead",
    "forecast_category",
    "remove_stage",
    "seed",
]
