"""One call of every address of the HTTP interface, and the records it is about."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from guanxi.areas.billing.statements.making import step
from guanxi.areas.forecast.snapshots import keep_batch, record
from guanxi.areas.sales.grading.grades import grade
from guanxi.areas.sales.grading.models import MODEL_FIELDS, active_model
from guanxi.areas.sales.grading.regrading import ask
from guanxi.areas.sales.probability.model import keep
from guanxi.areas.sales.rules.probability import Report
from guanxi.capabilities.notifications.telling import Notice, notify
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.kit import clock
from tests.capabilities.access_keys.conftest import Program, ThirdParty
from tests.contracts.sample_flows import FLOW_CALLS, FlowSamples
from tests.engine.transfer.conftest import Importer
from tests.support import mails, world
from tests.support.clients import Client
from tests.support.saml_provider import key_in

COMPANIES = "名称,行业,员工人数\n华信科技,保险,120\n天成贸易,没有这个行业,很多\n".encode()
NOTHING = {"files": {"guanxi.toml": "format = 1\n"}}
CHANGED = {"values": {"level": "B"}}
TOTALS = {"by": [{"field": "level"}, {"field": "owner"}], "aggregates": [{"fn": "max", "field": "created_at"}]}


class Sample(FlowSamples):
    """The records and the ways to them that the sample calls are about."""

    def __init__(self, client: Client, importer: Importer) -> None:
        self.client = client
        self.importer = importer
        self.company = client.make(name="华信", level="A")
        client.patch(f"records/company/{self.company['id']}", CHANGED)
        client.make("contact", name="王芳", company=self.company["id"])
        client.make("task", subject="回访", about={"object": "company", "id": self.company["id"]})

    def record(self, tail: str = "") -> str:
        """The address of the company, or of something of it."""
        return f"records/company/{self.company['id']}{tail}"

    def shared(self) -> Any:
        """Share the company with a colleague."""
        colleague = str(world.actor("colleague").member_id)
        return self.client.post(self.record("/shares"), {"member": colleague, "level": "read"})

    def simulated(self) -> Any:
        """A role that would export, read more and see less of a field."""
        (role,) = self.client.post(
            "records/role/query", {"where": {"field": "key", "op": "eq", "value": "salesperson"}}
        ).json()["rows"]
        company = {"read": "all", "export": True, "fields": {"phone": "masked"}}
        permissions = {"objects": {"*": {"read": "own"}, "company": company}, "system": ["audit"]}
        values = {"permissions": permissions}
        return self.client.post(
            "access/simulate", {"changes": [{"object": "role", "id": role["id"], "values": values}]}
        )

    def look(self) -> Any:
        """Look with a colleague's eyes."""
        colleague = str(world.actor("colleague").member_id)
        return self.client.post("view-as", {"member": colleague, "reason": "她看不到客户"})

    def handed_over(self) -> str:
        """Hand the company over, as the address of the hand-over."""
        giver, receiver = (str(world.actor(name).member_id) for name in ("administrator", "colleague"))
        answer = self.client.post("actions/hand-over/run", {"params": {"member": giver, "rest": [receiver]}})
        return f"hand-overs/{answer.json()['result']['id']}"

    def pooled(self, who: str | None = None) -> dict[str, Any]:
        """Put the company into a new pool; parameters of the verbs that take it out."""
        pool = self.client.make("pool", name="公海", object="company", claims_per_day=5, shown=["level"])["id"]
        named = {"object": "company", "records": [self.company["id"]]}
        self.client.post("actions/pools/release-records", {"params": {**named, "pool": pool}})
        return {**named, "members": [str(world.actor(who).member_id)]} if who else named

    def quoted(self) -> str:
        """The address of a quote with a line."""
        lines = [{"values": {"name": "安装", "list_price": "500"}}]
        return f"quotes/{self.client.make('quote', company=self.company['id'], lines=lines)['id']}"

    def scripted(self) -> None:
        """A script that can be used with the company."""
        self.client.make("script", name="开场", body="{name}，您好")

    def billed(self) -> str:
        """Issue an invoice of the company and have part of it paid, as the company's address among accounts."""
        invoice = self.client.make("invoice", company=self.company["id"], amount="100")
        self.client.post("actions/billing/issue-invoice", {"params": {"invoice": invoice["id"]}})
        paid = {"company": self.company["id"], "amount": "60", "items": [{"invoice": invoice["id"], "amount": "60"}]}
        self.client.post("actions/billing/record-payment", {"params": paid})
        return f"companies/{self.company['id']}"

    def stated(self) -> str:
        """The address of the statements of all customers, made in the background."""
        self.billed()
        params = {"kind": "xlsx"}
        id_ = self.client.post("actions/billing/make-statements", {"params": params}).json()["result"]["id"]
        with work(world.workspace(), world.actor("administrator"), via="job") as ctx:
            while step(ctx, UUID(id_)):
                pass
        return f"statements/{id_}"

    def forecast(self) -> None:
        """An open opportunity of this quarter in a snapshot, a target and an adjusted forecast."""
        day = clock.today(ZoneInfo(world.workspace().time_zone)).isoformat()
        self.client.make("opportunity", name="仓储项目", amount="5000", expected_close_on=day)
        for verb, params in (
            ("set-targets", {"items": [{"goal": "9000"}]}), ("adjust-forecast", {"amount": "4000", "reason": "还没谈妥"}),
        ):  # fmt: skip
            self.client.post(f"actions/forecast/{verb}", {"params": {"day": day, **params}})
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            keep_batch(ctx)
            record(ctx)

    def graded(self) -> str:
        """A lead that was graded, as the address of its grade."""
        lead = self.client.make("lead", name="李总", company_name="瑞恒精密", title="总经理")["id"]
        self.client.make("note", body="<p>有意向</p>", about={"object": "lead", "id": lead})
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            grade(ctx, active_model(ctx), [UUID(lead)])
            ask(ctx)
        return f"leads/{lead}/grade"

    def alike(self) -> str:
        """A lead whose company, contact and opportunity are there already."""
        company = self.client.make("company", name="瑞恒")["id"]
        self.client.make("contact", name="李总", company=company, mobile="13800000001")
        self.client.make("opportunity", name="二期", company=company)
        return str(self.client.make("lead", name="李总", company_name="瑞恒有限公司", mobile="13800000001")["id"])

    def converted(self) -> str:
        """A converted lead whose contact has a note by now."""
        lead = str(self.client.make("lead", name="李总", company_name="瑞恒精密")["id"])
        became = self.client.post("actions/sales/convert-lead", {"params": {"lead": lead}}).json()["result"]
        self.client.make("note", body="<p>见面</p>", about={"object": "contact", "id": became["contact"]})
        return lead

    def assigned(self) -> str:
        """A lead that was given to the administrator by a rule, to be accepted."""
        own = [str(world.actor("administrator").member_id)]
        self.client.make("assignment_rule", name="规则", members=own, accept_minutes=60, at_work=False)
        lead = str(self.client.make("lead", name="李总")["id"])
        self.client.post("actions/sales/assign-leads", {"params": {"leads": [lead]}})
        return lead

    def mapped_conversion(self) -> None:
        """A mapping of the workspace's own."""
        pairs = [{"to": "name", "source": "company_name"}]
        self.client.make("conversion_mapping", name="公司", object="company", fields=pairs)

    def trained(self) -> None:
        """A model of probabilities that was trained and tried."""
        report = Report(200, 90, "not_better", 50, 0.2, 0.19, 0.6, 0.5)
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            keep(ctx, report, None)

    def thought_of_grading(self) -> dict[str, Any]:
        """The grading model with one rule, for a lead."""
        (model,) = self.client.get("records/grading_model").json()["rows"]
        (rule, *_) = self.client.get("records/grading_rule").json()["rows"]
        parts = {key: model[key] for key in MODEL_FIELDS}
        thought = {key: rule[key] for key in ("id", "name", "axis", "points", "event", "where")}
        return {"model": parts, "rules": [thought], "leads": [self.graded().split("/")[1]]}

    def thought_of(self) -> dict[str, Any]:
        """A recycling rule that would have the company go."""
        pool = self.client.make("pool", name="公海", object="company", shown=[])["id"]
        return {"pool": pool, "days": 0, "where": {"field": "id", "op": "eq", "value": self.company["id"]}}

    def notified(self) -> None:
        """Tell the administrator of the company."""
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            member = world.actor("administrator").member_id
            notify(ctx, [Notice(member, "flow", "看一下", object="company", record=UUID(self.company["id"]))])

    def mapped(self) -> str:
        """An import that is ready to run, as its address."""
        one = self.importer.upload("company", COMPANIES)
        proposal = self.importer.preview(one["id"])["proposal"]
        self.importer.map(one["id"], proposal, mode="create")
        return f"imports/{one['id']}"

    def checked(self) -> str:
        """An import whose dry run found what is wrong, as its address."""
        address = self.mapped()
        self.importer.rehearse(address.rpartition("/")[2])
        return address

    def done(self) -> str:
        """An import that ran, as its address."""
        address = self.mapped()
        self.importer.run(address.rpartition("/")[2])
        return address

    def running(self) -> str:
        """An import that waits for its run, as its address."""
        address = self.mapped()
        self.client.post(f"{address}/run")
        return address

    def form(self, address: str, **values: str) -> Any:
        """Send a file in a form."""
        file = SimpleUploadedFile("list.csv", COMPANIES, "text/csv")
        return self.client.django.post(f"{self.client.base}/{address}", {"file": file, **values})

    def file(self) -> str:
        """The address of an uploaded file."""
        return f"files/{self.form('files').json()['id']}"

    def invited(self) -> str:
        """The address of an invitation that was just sent."""
        params = {"email": "new@example.com", "name": "小新", "roles": ["salesperson"]}
        self.client.post("actions/identity/invite-member", {"params": params})
        (letter,) = mails.delivered()
        return f"/api/v1/invitations/{letter.key()}"

    def designed(self) -> Any:
        """A new field of companies."""
        params = {"object": "company", "kind": "text", "label": {"zh-CN": "昵称", "en": "Nickname"}}
        return self.client.post("actions/design/create-field", {"params": params})

    def applied(self) -> Any:
        """Apply a configuration, which takes away a field."""
        self.designed()
        return self.client.post("actions/configuration/apply", {"params": {**NOTHING, "selected": self.selected()}})

    def sandbox(self) -> Any:
        """Begin a copy of the workspace."""
        params = {"slug": "trial", "name": "试验"}
        return self.client.post("actions/sandboxes/create-sandbox", {"params": params})

    def selected(self) -> list[str]:
        """The first thing that nothing but this workspace has."""
        found = self.client.post("configuration/compare", NOTHING).json()["differences"]
        return [one["name"] for one in found if one["section"] == "field"][:1]

    def key(self) -> str:
        """The address of a key of the administrator's, with which one call was made."""
        roles = [one["id"] for one in self.client.get("access-keys").json()["roles"]]
        params = {"params": {"name": "同步程序", "roles": roles}}
        made = self.client.post("actions/access-keys/create-key", params).json()["result"]
        Program(made["secret"]).get("me")
        return f"access-keys/{made['key']['id']}"

    def grant(self) -> str:
        """The address of what the administrator allowed an app, which made one call."""
        Program(ThirdParty().tokens_of("administrator")["access_token"]).get("me")
        (grant,) = self.client.get("app-grants").json()["grants"]
        return f"app-grants/{grant['id']}"

    def provider(self) -> str:
        """The id of an identity provider."""
        with tempfile.TemporaryDirectory() as folder:
            certificate = key_in(Path(folder))[1]
        params = {
            "name": "企业 SAML",
            "protocol": "saml",
            "issuer": "https://idp.example.com/metadata",
            "sign_in_url": "https://idp.example.com/sso",
            "certificates": [certificate],
            "makes_members": False,
            "is_active": True,
        }
        made = self.client.post("actions/single-sign-on/save-provider", {"params": params})
        return made.json()["result"]["id"]

    def browser(self) -> Any:
        """A browser in which somebody signed in with a password."""
        fresh = Client()
        body = {"email": world.email("salesperson"), "password": world.PASSWORD}
        assert fresh.post("/_allauth/browser/v1/auth/login", body).status_code == 200
        return fresh

    def forgotten_device(self) -> Any:
        """Forget the browser that somebody signed in with."""
        browser = self.browser()
        (device,) = browser.get("/api/v1/account/devices").json()["devices"]
        return browser.delete(f"/api/v1/account/devices/{device['id']}")

    def mailbox(self) -> None:
        """Connect a mailbox."""
        params = {"name": "销售邮箱", "host": "imap.example.com", "user": "sales@example.com", "password": "s3cret"}
        assert self.client.post("actions/mailbox/save-mailbox", {"params": params}).status_code == 200

    def signed_in_member(self) -> str:
        """The id of a member with a session in the workspace."""
        return self.browser().get("me").json()["member"]["id"]


Call = Callable[[Sample], Any]
CALLS: dict[str, Call] = {
    **FLOW_CALLS,
    "GET catalog": lambda s: s.client.get("catalog"),
    "GET search": lambda s: s.client.get("search?q=华信"),
    "GET openapi.json": lambda s: s.client.get("openapi.json"),
    "GET docs": lambda s: s.client.get("docs"),
    "GET me": lambda s: s.client.get("me"),
    "PATCH workspace": lambda s: s.client.patch("workspace", {"time_zone": "Asia/Shanghai"}),
    "PATCH me": lambda s: s.client.patch("me", {"theme": "dark"}),
    "GET audit": lambda s: [s.shared(), s.client.get("audit")][1],
    "GET audit/state": lambda s: s.client.get("audit/state"),
    "GET audit/changes/<id>": lambda s: s.client.get(f"audit/changes/{s.company['_change_set']}"),
    "POST audit/export": lambda s: s.client.post("audit/export", {"kinds": "change"}),
    "POST audit/verify": lambda s: s.client.post("audit/verify"),
    "POST view-as": lambda s: s.look(),
    "DELETE view-as": lambda s: [s.look(), s.client.delete("view-as")][1],
    "GET change-sets": lambda s: s.client.get("change-sets"),
    "GET change-sets/<id>": lambda s: s.client.get(f"change-sets/{s.company['_change_set']}"),
    "GET change-sets/<id>/undo": lambda s: s.client.get(f"change-sets/{s.company['_change_set']}/undo"),
    "POST change-sets/<id>/undo": lambda s: s.client.post(
        f"change-sets/{s.company['_change_set']}/undo", {"preview": True}
    ),
    "POST records/<object>/query": lambda s: s.client.post(
        "records/company/query", {"expand": {"contacts": {"select": ["name"]}}}
    ),
    "POST records/<object>/count": lambda s: s.client.post("records/company/count", {}),
    "POST records/<object>/draft": lambda s: s.client.post(
        "records/company/draft", {"values": {"level": "A", "phone": "x"}}
    ),
    "POST records/<object>/group": lambda s: s.client.post("records/company/group", TOTALS),
    "POST records/<object>/bulk": lambda s: s.client.post(
        "records/company/bulk", {"op": "update", "ids": [s.company["id"]], "values": {"level": "C"}}
    ),
    "POST records/<object>/upsert": lambda s: s.client.post(
        "records/company/upsert", {"match": ["external_id"], "records": [{"external_id": "x", "name": "x"}]}
    ),
    "GET records/<object>": lambda s: s.client.get("records/company?select=name,owner.name&sort=-name"),
    "POST records/<object>": lambda s: s.client.post("records/company", {"values": {"name": "新公司"}}),
    "GET records/<object>/<id>": lambda s: s.client.get(s.record()),
    "PATCH records/<object>/<id>": lambda s: s.client.patch(s.record(), {"values": {"level": "D"}}),
    "DELETE records/<object>/<id>": lambda s: s.client.delete(s.record()),
    "GET records/<object>/<id>/timeline": lambda s: s.client.get(s.record("/timeline")),
    "GET records/<object>/<id>/related/<relation>": lambda s: s.client.get(s.record("/related/contacts")),
    "POST records/<object>/<id>/related/<relation>": lambda s: s.client.post(
        s.record("/related/contacts"), {"limit": 5}
    ),
    "GET records/<object>/<id>/shares": lambda s: [s.shared(), s.client.get(s.record("/shares"))][1],
    "POST records/<object>/<id>/shares": lambda s: s.shared(),
    "DELETE records/<object>/<id>/shares/<share>": lambda s: s.client.delete(
        s.record(f"/shares/{s.shared().json()['shares'][0]['id']}")
    ),
    "GET records/<object>/<id>/access": lambda s: [s.shared(), s.client.get(s.record("/access"))][1],
    "POST access/simulate": lambda s: s.simulated(),
    "GET access/members/<member>": lambda s: s.client.get(f"access/members/{world.actor('manager').member_id}"),
    "GET access/presets": lambda s: s.client.get("access/presets"),
    "POST records/<object>/export": lambda s: s.client.post("records/company/export", {"format": "csv"}),
    "GET imports": lambda s: [s.done(), s.client.get("imports")][1],
    "POST imports": lambda s: s.form("imports", object="company"),
    "GET imports/<id>": lambda s: s.client.get(s.checked()),
    "GET imports/<id>/preview": lambda s: s.client.get(f"{s.mapped()}/preview"),
    "PUT imports/<id>/mapping": lambda s: s.client.put(
        f"{s.mapped()}/mapping", {"mapping": [{"column": "名称", "field": "name"}], "mode": "create"}
    ),
    "POST imports/<id>/dry-run": lambda s: s.client.post(f"{s.mapped()}/dry-run"),
    "POST imports/<id>/run": lambda s: s.client.post(f"{s.mapped()}/run"),
    "POST imports/<id>/cancel": lambda s: s.client.post(f"{s.running()}/cancel"),
    "GET imports/<id>/errors": lambda s: s.client.get(f"{s.checked()}/errors"),
    "GET imports/<id>/errors.csv": lambda s: s.client.get(f"{s.checked()}/errors.csv"),
    "POST imports/<id>/undo": lambda s: s.client.post(f"{s.done()}/undo", {"preview": True}),
    "POST records/<object>/deletion": lambda s: s.client.post("records/company/deletion", {"ids": [s.company["id"]]}),
    "GET design/objects": lambda s: s.client.get("design/objects"),
    "GET design/objects/<object>": lambda s: s.client.get("design/objects/company"),
    "GET design/usage": lambda s: s.client.get("design/usage?object=company&field=name"),
    "GET design/templates": lambda s: s.client.get("design/templates"),
    "GET design/kinds": lambda s: s.client.get("design/kinds"),
    "GET design/functions": lambda s: s.client.get("design/functions"),
    "POST records/<object>/formula-preview": lambda s: s.client.post(
        "records/company/formula-preview", {"expression": "UPPER(name)", "record": s.company["id"]}
    ),
    "GET trees/<tree>": lambda s: s.client.get("trees/region?under=4403&depth=2"),
    "GET design/changes": lambda s: [s.designed(), s.client.get("design/changes")][1],
    "GET sandboxes": lambda s: [s.sandbox(), s.client.get("sandboxes")][1],
    "GET configuration/export": lambda s: s.client.get("configuration/export"),
    "POST configuration/compare": lambda s: [s.designed(), s.client.post("configuration/compare", NOTHING)][1],
    "GET configuration/applied": lambda s: [s.applied(), s.client.get("configuration/applied")][1],
    "POST files": lambda s: s.form("files"),
    "GET files/<id>": lambda s: s.client.get(s.file()),
    "GET opportunities/<id>/gates": lambda s: s.client.get(
        f"opportunities/{s.client.make('opportunity', name='仓储项目')['id']}/gates"
    ),
    "GET opportunities/<id>/probability": lambda s: s.client.get(
        f"opportunities/{s.client.make('opportunity', name='仓储项目', probability='33')['id']}/probability"
    ),
    "GET probability-model": lambda s: [s.trained(), s.client.get("probability-model")][1],
    "GET pools": lambda s: [s.pooled(), s.client.get("pools")][1],
    "POST pools/foreseen": lambda s: s.client.post("pools/foreseen", s.thought_of()),
    "GET records/<object>/<id>/pool": lambda s: [s.pooled(), s.client.get(s.record("/pool"))][1],
    "GET grading": lambda s: [s.graded(), s.client.get("grading")][1],
    "GET leads/<id>/grade": lambda s: s.client.get(s.graded()),
    "GET leads/<id>/duplicates": lambda s: s.client.get(f"leads/{s.alike()}/duplicates"),
    "GET leads/<id>/reversal": lambda s: s.client.get(f"leads/{s.converted()}/reversal"),
    "GET leads/<id>/assignments": lambda s: s.client.get(f"leads/{s.assigned()}/assignments"),
    "GET conversion-mappings": lambda s: [s.mapped_conversion(), s.client.get("conversion-mappings")][1],
    "POST grading/preview": lambda s: s.client.post("grading/preview", s.thought_of_grading()),
    "POST web-forms/preview": lambda s: s.client.post(
        "web-forms/preview", {"values": {"title": "预约", "fields": [{"field": "name"}]}, "language": "en"}
    ),
    "GET quotes/<id>/compared/<other>": lambda s: s.client.get(f"{s.quoted()}/compared/{s.quoted().split('/')[1]}"),
    "GET records/<object>/<id>/scripts": lambda s: [s.scripted(), s.client.get(s.record("/scripts"))][1],
    "GET quotes/<id>/pdf": lambda s: s.client.get(f"{s.quoted()}/pdf?language=en"),
    "GET companies/<id>/statement": lambda s: s.client.get(f"{s.billed()}/statement"),
    "GET companies/<id>/statement/file": lambda s: s.client.get(f"{s.billed()}/statement/file"),
    "GET statements": lambda s: [s.stated(), s.client.get("statements")][1],
    "GET statements/<id>/file": lambda s: s.client.get(f"{s.stated()}/file"),
    "GET receivables": lambda s: [s.billed(), s.client.get("receivables")][1],
    "GET forecast": lambda s: [s.forecast(), s.client.get("forecast?company=1")][1],
    "GET forecast/waterfall": lambda s: [s.forecast(), s.client.get("forecast/waterfall?company=1")][1],
    "GET forecast/errors": lambda s: [s.forecast(), s.client.get("forecast/errors?company=1")][1],
    "GET targets": lambda s: [s.forecast(), s.client.get("targets?company=1")][1],
    "GET notifications": lambda s: [s.notified(), s.client.get("notifications?unread=1")][1],
    "POST notifications/read": lambda s: s.client.post("notifications/read", {"all": True}),
    "GET access-keys": lambda s: [s.key(), s.client.get("access-keys")][1],
    "GET access-keys/<id>/calls": lambda s: s.client.get(f"{s.key()}/calls"),
    "GET apps": lambda s: [ThirdParty(), s.client.get("apps")][1],
    "GET app-grants": lambda s: [s.grant(), s.client.get("app-grants")][1],
    "GET app-grants/<id>/calls": lambda s: s.client.get(f"{s.grant()}/calls"),
    "GET single-sign-on": lambda s: [s.provider(), s.client.get("single-sign-on")][1],
    "GET single-sign-on/tried": lambda s: s.client.get("single-sign-on/tried"),
    "POST single-sign-on/<id>/try": lambda s: s.client.post(f"single-sign-on/{s.provider()}/try"),
    "GET sign-in/providers": lambda s: [s.provider(), Client().get("/api/v1/sign-in/providers?who=acme")][1],
    "GET sign-in/problem": lambda s: Client().get(
        f"/api/v1/sign-in/problem?problem=single_sign_on.left&provider={s.provider()}"
    ),
    "POST sign-in/begin": lambda s: Client().post("/api/v1/sign-in/begin", {"provider": s.provider()}),
    "GET oauth/authorization": lambda s: s.client.get(f"/api/v1/oauth/authorization?{ThirdParty().query()}"),
    "POST oauth/authorization": lambda s: s.client.post(
        "/api/v1/oauth/authorization", {"query": ThirdParty().query(), "allow": True}
    ),
    "GET session": lambda s: s.client.get("/api/v1/session"),
    "GET account/devices": lambda s: s.browser().get("/api/v1/account/devices"),
    "DELETE account/devices/<device>": lambda s: s.forgotten_device(),
    "GET members/<member>/holdings": lambda s: s.client.get(
        f"members/{world.actor('administrator').member_id}/holdings"
    ),
    "GET hand-overs": lambda s: [s.handed_over(), s.client.get("hand-overs")][1],
    "GET hand-overs/<id>": lambda s: s.client.get(s.handed_over()),
    "GET members/<member>/sign-in": lambda s: s.client.get(f"members/{s.signed_in_member()}/sign-in"),
    "GET mailboxes": lambda s: [s.mailbox(), s.client.get("mailboxes")][1],
    "GET password-rules": lambda s: s.client.get("password-rules"),
    "PATCH password-rules": lambda s: s.client.patch("password-rules", {"min_length": 12}),
    "GET invitations/<token>": lambda s: Client().get(s.invited()),
    "POST invitations/<token>/accept": lambda s: Client().post(
        f"{s.invited()}/accept", {"name": "小新", "password": "a password of my own"}
    ),
    "GET auth/sessions": lambda s: s.browser().get("/_allauth/browser/v1/auth/sessions"),
}
"""One call of each address. Actions are called by their own tests, the stream is read by tests/app/test_live.py."""
ELSEWHERE = {"POST actions/<area>/<verb>", "GET events"}
