export { currencyChoices } from "@/lib/currencies";
