"""The only door to forecasting for other parts: its verbs, and what its snapshots and records are made of."""

from guanxi.areas.forecast.actions.adjust_forecast import AdjustForecast, adjust_forecast
from guanxi.areas.forecast.actions.set_targets import SetTargets, Wanted, set_targets
from guanxi.areas.forecast.places import places
from guanxi.areas.forecast.rules import methods
from guanxi.areas.forecast.rules.figures import NOTHING, Figures
from guanxi.areas.forecast.rules.periods import Period, period_of
from guanxi.areas.forecast.rules.tree import COMPANY, Node, Tree, department, person
from guanxi.areas.forecast.snapshots import record_of, snapshot_of
from guanxi.areas.forecast.telling import forecast

__all__ = [
    "COMPANY",
    "NOTHING",
    "AdjustForecast",
    "Figures",
    "Node",
    "Period",
    "SetTargets",
    "Tree",
    "Wanted",
    "adjust_forecast",
    "department",
    "forecast",
    "methods",
    "period_of",
    "person",
    "places",
    "record_of",
    "set_targets",
    "snapshot_of",
]
