/** Icons named by data (objects, view types): these are at hand, further ones are loaded, an unknown name shows a box. */
import {
  ArrowRightLeft,
  Award,
  BadgePercent,
  Banknote,
  BookOpenText,
  Box,
  Boxes,
  Building2,
  Calculator,
  CalendarClock,
  CalendarDays,
  ChartLine,
  Coins,
  ContactRound,
  Eye,
  FileSignature,
  FileText,
  FolderTree,
  Gauge,
  Handshake,
  History,
  IdCard,
  Inbox,
  Kanban,
  Link2,
  List,
  type LucideIcon,
  Magnet,
  Map as MapIcon,
  MessageSquareQuote,
  Milestone,
  Network,
  NotebookPen,
  Package,
  PanelsTopLeft,
  PenLine,
  Phone,
  ReceiptText,
  Recycle,
  Ruler,
  Shield,
  ShieldCheck,
  ShoppingCart,
  SquareCheck,
  Table2,
  Tag,
  Target,
  Truck,
  UserCheck,
  UserRound,
  Waves,
  Workflow,
} from "lucide-react";
import { lazy, Suspense } from "react";

const MoreIcon = lazy(() => import("./more-icons").then((module) => ({ default: module.MoreIcon })));

const ICONS: Record<string, LucideIcon> = {
  "arrow-right-left": ArrowRightLeft,
  award: Award,
  "badge-percent": BadgePercent,
  banknote: Banknote,
  "book-open-text": BookOpenText,
  box: Box,
  boxes: Boxes,
  "building-2": Building2,
  calculator: Calculator,
  "calendar-clock": CalendarClock,
  "calendar-days": CalendarDays,
  "chart-line": ChartLine,
  coins: Coins,
  "contact-round": ContactRound,
  eye: Eye,
  "file-signature": FileSignature,
  "file-text": FileText,
  "folder-tree": FolderTree,
  gauge: Gauge,
  handshake: Handshake,
  history: History,
  "id-card": IdCard,
  inbox: Inbox,
  kanban: Kanban,
  link: Link2,
  list: List,
  magnet: Magnet,
  map: MapIcon,
  "message-square-quote": MessageSquareQuote,
  milestone: Milestone,
  network: Network,
  "notebook-pen": NotebookPen,
  package: Package,
  "panels-top-left": PanelsTopLeft,
  "pen-line": PenLine,
  phone: Phone,
  "receipt-text": ReceiptText,
  recycle: Recycle,
  ruler: Ruler,
  shield: Shield,
  "shield-check": ShieldCheck,
  "shopping-cart": ShoppingCart,
  "square-check": SquareCheck,
  "table-2": Table2,
  tag: Tag,
  target: Target,
  truck: Truck,
  "user-check": UserCheck,
  "user-round": UserRound,
  waves: Waves,
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
