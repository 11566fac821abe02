/** Parts of a header's button that shows its icon alone on a phone; it needs a name of its own there. */
import classes from "./organisation.module.css";

export const onPhoneIconOnly = { label: classes.wideOnly, section: classes.iconOnly };
