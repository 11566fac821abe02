/** Icons named by data (objects, view types): these are at hand, further ones are loaded, an unknown name shows a box. */
import {
  ArrowRightLeft,
  Box,
  Building2,
  CalendarDays,
  ContactRound,
  Handshake,
  IdCard,
  Kanban,
  Link2,
  type LucideIcon,
  Magnet,
  Milestone,
  Network,
  NotebookPen,
  Package,
  PanelsTopLeft,
  Phone,
  Shield,
  ShieldCheck,
  SquareCheck,
  Table2,
  Tag,
  UserRound,
  Workflow,
} from "lucide-react";
import { lazy, Suspense } from "react";

const MoreIcon = lazy(() => import("./more-icons").then((module) => ({ default: module.MoreIcon })));

const ICONS: Record<string, LucideIcon> = {
  "arrow-right-left": ArrowRightLeft,
  box: Box,
  "building-2": Building2,
  "calendar-days": CalendarDays,
  "contact-round": ContactRound,
  handshake: Handshake,
  "id-card": IdCard,
  kanban: Kanban,
  link: Link2,
  magnet: Magnet,
  milestone: Milestone,
  network: Network,
  "notebook-pen": NotebookPen,
  package: Package,
  "panels-top-left": PanelsTopLeft,
  phone: Phone,
  shield: Shield,
  "shield-check": ShieldCheck,
  "square-check": SquareCheck,
  "table-2": Table2,
  tag: Tag,
  "user-round": UserRound,
  workflow: Workflow,
};

export const ICON_NAMES = Object.keys(ICONS);

export function isKnownIcon(name: string): boolean {
  return name in ICONS;
}

export function IconByName({ name, size = 16 }: { name: string; size?: number }) {
  const Icon = ICONS[name];
  if (Icon) return <Icon size={size} strokeWidth={1.75} aria-hidden />;
  return (
    <Suspense fallback={<Box size={size} strokeWidth={1.75} aria-hidden />}>
      <MoreIcon name={name} size={size} />
    </Suspense>
  );
}
