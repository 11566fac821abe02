/** The kit dressed in our tokens: colours, sizes, radii, and the defaults of its parts. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const primary: MantineColorsTuple = [
  "#e8f0ff",
  "#d3e2ff",
  "#a9c5ff",
  "#8ab4ff",
  "#6aa0ff",
  "#3b7bf2",
  "#2563eb",
  "#1d4ed8",
  "#1a43b8",
  "#173a9c",
];
const dark: MantineColorsTuple = [
  "#e6e9ef",
  "#c3cad5",
  "#9aa4b2",
  "#6b7686",
  "#3a4350",
  "#2a313b",
  "#1f252d",
  "#14181d",
  "#0f1215",
  "#0a0c0f",
];

const red: MantineColorsTuple = [
  "#fef3f2",
  "#fde4e2",
  "#fecdca",
  "#fda29b",
  "#f97066",
  "#f04438",
  "#d92d20",
  "#b42318",
  "#912018",
  "#7a1b15",
];

export const theme = createTheme({
  primaryColor: "primary",
  primaryShade: { light: 6, dark: 6 },
  colors: { primary, dark, red },
  fontFamily: "var(--gx-font)",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "18px", sm: "20px", md: "22px", lg: "24px", xl: "28px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "999px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  headings: {
    fontFamily: "var(--gx-font)",
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "28px" },
      h2: { fontSize: "16px", lineHeight: "24px" },
      h3: { fontSize: "14px", lineHeight: "22px" },
    },
  },
  // By name, not by `extend`: importing the components here would load all of them with the first page.
  components: {
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: { radius: "lg", centered: true, size: 640, overlayProps: { backgroundOpacity: 0.45 } },
      styles: { title: { fontSize: 16, fontWeight: 600, lineHeight: 1.5 } },
    },
    Drawer: { styles: { title: { fontSize: 16, fontWeight: 600, lineHeight: 1.5 } } },
    SegmentedControl: { styles: { label: { fontWeight: 500 } } },
    Paper: { defaultProps: { radius: "md" } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false } },
    Input: { defaultProps: { size: "sm" } },
    InputWrapper: { defaultProps: { size: "sm" }, styles: { label: { fontWeight: 500, marginBottom: 4 } } },
    Button: { defaultProps: { size: "sm" }, styles: { root: { fontWeight: 500 } } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--input-height-sm": "34px",
    "--button-height-sm": "34px",
  },
  light: {
    "--mantine-color-body": "var(--gx-surface)",
    "--mantine-color-text": "var(--gx-text)",
    "--mantine-color-dimmed": "var(--gx-muted)",
    "--mantine-color-placeholder": "var(--gx-hint)",
    "--mantine-color-default-border": "var(--gx-border-strong)",
    "--mantine-color-error": "var(--gx-danger)",
    "--mantine-color-anchor": "var(--gx-primary-text)",
  },
  dark: {
    "--mantine-color-body": "var(--gx-surface)",
    "--mantine-color-text": "var(--gx-text)",
    "--mantine-color-dimmed": "var(--gx-muted)",
    "--mantine-color-placeholder": "var(--gx-hint)",
    "--mantine-color-default": "var(--gx-subtle)",
    "--mantine-color-default-hover": "var(--gx-hover)",
    "--mantine-color-default-border": "var(--gx-border-strong)",
    "--mantine-color-error": "var(--gx-danger)",
    "--mantine-color-anchor": "var(--gx-primary-text)",
  },
});
