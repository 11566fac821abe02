/** The currencies that amounts may be in, those met most often first. */
const CURRENCIES =
  "CNY USD EUR GBP HKD TWD MOP JPY KRW SGD MYR THB VND IDR PHP INR AUD CAD CHF SEK RUB AED BRL ZAR KWD BHD OMR JOD TND".split(
    " ",
  );

/** For a list to choose from: the code with the currency's name in a language. */
export function currencyChoices(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: "currency" });
  return CURRENCIES.map((code) => ({ value: code, label: `${code} ${names.of(code)}` }));
}
