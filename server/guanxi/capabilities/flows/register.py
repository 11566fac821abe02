"""The whole wiring of automation."""

from pathlib import Path

from guanxi.capabilities.flows import hooks, matching, upkeep, usage
from guanxi.capabilities.flows.backtest import asking as backtest
from guanxi.capabilities.flows.backtest.routes import ROUTES as BACKTEST_ROUTES
from guanxi.capabilities.flows.bundle import FLOWS
from guanxi.capabilities.flows.forms import fill_form
from guanxi.capabilities.flows.kinds import (
    assigning,
    companions,
    forms,
    http,
    linking,
    logic,
    marks,
    messages,
    nesting,
    records,
    splitting,
    waiting,
)
from guanxi.capabilities.flows.mending import cancel_runs, edit_data, retry_run, retry_step, skip_step
from guanxi.capabilities.flows.migrating import move_runs
from guanxi.capabilities.flows.outside import http as http_effect
from guanxi.capabilities.flows.outside import mail as mail_effect
from guanxi.capabilities.flows.overview.alerting import set_limits
from guanxi.capabilities.flows.overview.routes import ROUTES as OVERVIEW_ROUTES
from guanxi.capabilities.flows.publishing import publish
from guanxi.capabilities.flows.routes import ROUTES
from guanxi.capabilities.flows.secrets import remove_secret, set_secret
from guanxi.capabilities.flows.starting import renew_hook, start
from guanxi.capabilities.flows.stopping import resume_all, stop_all
from guanxi.capabilities.flows.templates import from_template
from guanxi.capabilities.flows.triggers import asked, changes, dates, schedule
from guanxi.engine.bundles.items import section
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Flows, the kinds of triggers and steps that every workspace has, and the consumer that sets flows off."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(
        hooks, usage, matching, asked, changes, dates, schedule, logic, splitting, nesting, records, linking, waiting
    )
    registry.action(
        publish, retry_run, retry_step, edit_data, skip_step, cancel_runs, start, renew_hook, stop_all, resume_all
    )
    registry.jobs(upkeep)
    section(FLOWS)
    registry.hooks(messages, companions, forms, assigning, marks, http, mail_effect, http_effect)
    registry.action(move_runs, from_template, fill_form, set_secret, remove_secret, set_limits)
    registry.jobs(backtest)
    registry.routes(*ROUTES, *BACKTEST_ROUTES, *OVERVIEW_ROUTES)
