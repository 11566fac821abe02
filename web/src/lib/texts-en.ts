/** Every room's texts in en as one table; those in a folder `lazy-locale` are loaded with the screens that need them. */
const files = import.meta.glob<Record<string, string>>("../**/locale/en.json", {
  eager: true,
  import: "default",
});

export const texts: Record<string, string> = Object.assign({}, ...Object.values(files));
