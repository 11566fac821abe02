"""Which areas and capabilities make the product, in the order in which they are installed."""

import importlib
from functools import cache

from guanxi.infra.registry import Registry

MODULES = (
    "guanxi.engine.actions.register",
    "guanxi.engine.transfer.register",
    "guanxi.engine.design.register",
    "guanxi.engine.bundles.register",
    "guanxi.capabilities.identity.register",
    "guanxi.capabilities.audit.register",
    "guanxi.capabilities.view_as.register",
    "guanxi.capabilities.access_explained.register",
    "guanxi.capabilities.hand_over.register",
    "guanxi.capabilities.files.register",
    "guanxi.capabilities.views.register",
    "guanxi.capabilities.sandboxes.register",
    "guanxi.capabilities.access_keys.register",
    "guanxi.capabilities.single_sign_on.register",
    "guanxi.capabilities.notifications.register",
    "guanxi.capabilities.flows.register",
    "guanxi.capabilities.approvals.register",
    "guanxi.capabilities.mailbox.register",
    "guanxi.areas.pools.register",
    "guanxi.areas.customers.register",
    "guanxi.areas.catalogue.register",
    "guanxi.areas.web_forms.register",
    "guanxi.areas.sales.register",
    "guanxi.areas.billing.register",
    "guanxi.areas.quotes.register",
    "guanxi.areas.contracts.register",
    "guanxi.areas.orders.register",
    "guanxi.areas.forecast.register",
    "guanxi.areas.commission.register",
    "guanxi.areas.enablement.register",
    "guanxi.areas.activities.register",
    "guanxi.packs.sample.register",
)
"""Each has `register(registry)`; an object may refer to objects of any of them."""


@cache
def registry() -> Registry:
    """Everything that all of them registered, collected at the first call."""
    collected = Registry()
    for name in MODULES:
        importlib.import_module(name).register(collected)
    return collected
