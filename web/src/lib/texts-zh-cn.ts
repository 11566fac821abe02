/** Every room's texts in zh-CN as one table; those that only some screens need are loaded with them. */
const files = import.meta.glob<Record<string, string>>(
  [
    "../**/locale/zh-CN.json",
    "!../builders/**",
    "!../areas/settings/security/**",
    "!../areas/settings/single-sign-on/**",
    "!../areas/identity/company-sign-in/**",
    "!../areas/access/roles/**",
    "!../records/explain/**",
    "!../areas/audit/**",
    "!../areas/import/**",
    "!../areas/hand-over/**",
    "!../areas/settings/organisation/**",
    "!../areas/settings/programs/**",
  ],
  {
    eager: true,
    import: "default",
  },
);

export const texts: Record<string, string> = Object.assign({}, ...Object.values(files));
