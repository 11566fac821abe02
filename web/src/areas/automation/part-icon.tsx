/** The icons that kinds of triggers and steps are given, and those that objects have. */
import {
  Bell,
  CalendarDays,
  CircleStop,
  CloudUpload,
  GitBranch,
  GitFork,
  Globe,
  LogIn,
  LogOut,
  type LucideIcon,
  Mail,
  Merge,
  Moon,
  Pencil,
  Plus,
  Repeat,
  Save,
  Send,
  Split,
  Stamp,
  Trash2,
  UserCheck,
  UserPlus,
  Variable,
  Zap,
} from "lucide-react";
import { IconByName } from "@/ui/icon-by-name";

const ICONS: Record<string, LucideIcon> = {
  "arrows-join": Merge,
  "arrows-split": Split,
  bell: Bell,
  bolt: Zap,
  "calendar-event": CalendarDays,
  "cloud-upload": CloudUpload,
  "device-floppy": Save,
  "git-branch": GitBranch,
  "git-fork": GitFork,
  "login-2": LogIn,
  "logout-2": LogOut,
  mail: Mail,
  pencil: Pencil,
  "player-stop": CircleStop,
  plus: Plus,
  repeat: Repeat,
  send: Send,
  stamp: Stamp,
  trash: Trash2,
  "user-check": UserCheck,
  "user-plus": UserPlus,
  variable: Variable,
  world: Globe,
  zzz: Moon,
};

export function PartIcon({ name }: { name: string }) {
  const Icon = ICONS[name];
  return Icon ? <Icon size={16} strokeWidth={1.75} aria-hidden /> : <IconByName name={name} />;
}
