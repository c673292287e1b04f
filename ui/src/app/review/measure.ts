// A measured value with as many digits as anybody compares.
import { language } from "../../shared/text";

export function measure(value: number): string {
  return value.toLocaleString(language(), { maximumSignificantDigits: 3 });
}
