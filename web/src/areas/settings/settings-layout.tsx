/** The frame of the settings: their own navigation beside the page. */
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import {
  AppWindow,
  ArrowRightLeft,
  Boxes,
  Building2,
  ClipboardList,
  CodeXml,
  FileClock,
  Gauge,
  GitCompareArrows,
  KeyRound,
  KeySquare,
  LockKeyhole,
  LogIn,
  type LucideIcon,
  Mail,
  MonitorSmartphone,
  Network,
  ScrollText,
  ShieldCheck,
  ShieldHalf,
  UserCheck,
  UserRound,
  UsersRound,
  Waves,
  Workflow,
  Zap,
} from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { useMe } from "@/lib/me";
import { can, useOnlyLooks, useOpens, useOpensSomeDesigner } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { IconByName } from "@/ui/icon-by-name";
import classes from "./settings-layout.module.css";

/** Objects with a page of their own here; the others of the group are ordinary lists. */
const OWN_PAGES = [
  "member",
  "department",
  "position",
  "delegation",
  "role",
  "access_rule",
  "pipeline",
  "stage",
  "flow",
  "pool",
  "holding_limit",
  "recycle_rule",
  "grading_model",
  "grading_rule",
  "conversion_mapping",
  "territory",
  "assignment_rule",
  "web_form",
];

export function SettingsLayout() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const configures = useOpens("configure");
  const shapes = useOpensSomeDesigner();
  const secures = useOpens("security");
  const audits = useOpens("audit");
  const automates = useOpens("automation");
  const looks = useOnlyLooks();
  const administers = useMe().roles.includes("administrator");
  const reads = (key: string) => can(findObject(catalog, key), "read");
  const objects = catalog.objects
    .filter((object) => object.group === "settings" && !OWN_PAGES.includes(object.key) && can(object, "read"))
    .sort((a, b) => a.position - b.position);
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on phones the page's own entry may lie beyond the edge.
  useEffect(() => {
    nav.current
      ?.querySelector("[data-status=active]")
      ?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [pathname]);
  return (
    <div className={classes.layout}>
      <nav ref={nav} className={classes.nav} aria-label={t("settings.title")}>
        <Section title={t("settings.personal")}>
          <Item to="/w/$ws/settings/profile" icon={UserRound} text={t("settings.profile")} />
          {/* What belongs to an account is of whoever looks, not of the member; keys are shown to nobody else. */}
          {!looks && (
            <>
              <Item to="/w/$ws/settings/security" icon={ShieldCheck} text={t("settings.security")} />
              <Item to="/w/$ws/settings/sessions" icon={MonitorSmartphone} text={t("settings.sessions")} />
              <Item to="/w/$ws/settings/api-keys" icon={KeySquare} text={t("settings.keys")} />
            </>
          )}
        </Section>
        <Section title={t("settings.organisation")}>
          {configures && (
            <Item to="/w/$ws/settings/workspace" icon={Building2} text={t("settings.workspace")} />
          )}
          {reads("member") && (
            <Item to="/w/$ws/settings/members" icon={UsersRound} text={t("settings.members")} />
          )}
          {reads("department") && (
            <Item to="/w/$ws/settings/departments" icon={Network} text={t("settings.departments")} />
          )}
          {reads("role") && <Item to="/w/$ws/settings/roles" icon={ShieldHalf} text={t("access.roles")} />}
          {reads("access_rule") && (
            <Item to="/w/$ws/settings/access-rules" icon={LockKeyhole} text={t("access.rules")} />
          )}
          {audits && <Item to="/w/$ws/settings/audit" icon={ScrollText} text={t("settings.audit")} />}
          {secures && (
            <Item to="/w/$ws/settings/password-rules" icon={KeyRound} text={t("settings.password_rules")} />
          )}
          {secures && administers && !looks && (
            <Item to="/w/$ws/settings/single-sign-on" icon={LogIn} text={t("settings.single_sign_on")} />
          )}
          {secures && !looks && <Item to="/w/$ws/settings/apps" icon={AppWindow} text={t("settings.apps")} />}
        </Section>
        {(shapes || automates) && (
          <Section title={t("settings.shape")}>
            {shapes && <Item to="/w/$ws/settings/objects" icon={Boxes} text={t("settings.objects")} />}
            {automates && <Item to="/w/$ws/settings/automation" icon={Zap} text={t("settings.automation")} />}
            {configures && <Item to="/w/$ws/settings/mailboxes" icon={Mail} text={t("settings.mailboxes")} />}
            {configures && (
              <Item
                to="/w/$ws/settings/configuration"
                icon={GitCompareArrows}
                text={t("settings.configuration")}
              />
            )}
          </Section>
        )}
        {configures && (
          <Section title={t("settings.sales")}>
            <Item to="/w/$ws/settings/pipelines" icon={Workflow} text={t("settings.pipelines")} />
            <Item to="/w/$ws/settings/pools" icon={Waves} text={t("settings.pools")} />
            <Item to="/w/$ws/settings/web-forms" icon={ClipboardList} text={t("settings.web_forms")} />
            <Item to="/w/$ws/settings/grading" icon={Gauge} text={t("settings.grading")} />
            <Item to="/w/$ws/settings/assignment" icon={UserCheck} text={t("settings.assignment")} />
            <Item to="/w/$ws/settings/conversion" icon={ArrowRightLeft} text={t("settings.conversion")} />
          </Section>
        )}
        <Section title={t("settings.data")}>
          {objects.map((object) => (
            <Link
              key={object.key}
              className={classes.item}
              to="/w/$ws/o/$object"
              params={{ ws: currentWorkspace(), object: object.key }}
            >
              <IconByName name={object.icon} />
              {label(object.plural)}
            </Link>
          ))}
          <a
            className={classes.item}
            href={`/api/v1/${encodeURIComponent(currentWorkspace())}/docs`}
            target="_blank"
            rel="noreferrer"
          >
            <CodeXml size={16} strokeWidth={1.75} aria-hidden />
            {t("settings.api_console")}
          </a>
          <Item to="/w/$ws/settings/import-history" icon={FileClock} text={t("settings.import_history")} />
        </Section>
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{title}</h2>
      {children}
    </section>
  );
}

type SettingsPath =
  `/w/$ws/settings/${"profile" | "security" | "sessions" | "api-keys" | "apps" | "password-rules" | "single-sign-on" | "workspace" | "members" | "departments" | "roles" | "access-rules" | "objects" | "configuration" | "pipelines" | "pools" | "web-forms" | "grading" | "conversion" | "assignment" | "audit" | "automation" | "mailboxes" | "import-history"}`;

function Item({ to, icon: Icon, text }: { to: SettingsPath; icon: LucideIcon; text: string }) {
  return (
    <Link className={classes.item} to={to} params={{ ws: currentWorkspace() }}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {text}
    </Link>
  );
}
