// Numbers of persons that documents of a state bear, and what of them can be
// held against what else is printed. Whoever changes a birth date forgets this
// one. From general knowledge of the numbers, to be confirmed on the document.
// shape: D day, M month, Y year, N digits, A letters, C computed from the rest.

export type Told =
  | "born" | "no_birth" | "born_in_letters" | "newer_without" | "century"
  | "sex_odd" | "sex_even" | "sex_before_last" | "sex_500"
  | "month_20" | "month_40" | "month_50" | "day_40"
  | "last" | "last_two" | "eleven";

export interface PersonalNumber {
  country: string;
  name: string;
  shape: string;
  digit?: number; // of the sex, counted without signs between
  tells: Told[];
}

export const PERSONAL_NUMBERS: PersonalNumber[] = [
  { country: "BEL", name: "Rijksregisternummer, numéro national", shape: "YY.MM.DD-NNN.CC", digit: 9, tells: ["born", "sex_odd", "last_two"] },
  { country: "BGR", name: "ЕГН", shape: "YYMMDDNNNC", digit: 9, tells: ["born", "month_40", "sex_even", "last"] },
  { country: "CZE", name: "Rodné číslo", shape: "YYMMDD/NNNC", tells: ["born", "month_50", "eleven"] },
  { country: "DNK", name: "CPR", shape: "DDMMYY-NNNN", digit: 10, tells: ["born", "sex_odd"] },
  { country: "ESP", name: "DNI, NIE", shape: "NNNNNNNN-C, ANNNNNNN-C", tells: ["no_birth", "last"] },
  { country: "EST", name: "Isikukood", shape: "NYYMMDDNNNC", tells: ["born", "century", "last"] },
  { country: "FIN", name: "Henkilötunnus, personbeteckning", shape: "DDMMYY-NNNC", digit: 9, tells: ["born", "sex_odd", "last"] },
  { country: "HRV", name: "OIB", shape: "NNNNNNNNNNC", tells: ["no_birth", "last"] },
  { country: "ISL", name: "Kennitala", shape: "DDMMYY-NNCN", tells: ["born"] },
  { country: "ITA", name: "Codice fiscale", shape: "AAAAAAYYADDANNNC", tells: ["born_in_letters", "day_40", "last"] },
  { country: "LTU", name: "Asmens kodas", shape: "NYYMMDDNNNC", tells: ["born", "century", "last"] },
  { country: "LUX", name: "Matricule", shape: "YYYYMMDDNNNCC", tells: ["born", "last_two"] },
  { country: "LVA", name: "Personas kods", shape: "DDMMYY-NNNNN", tells: ["born", "newer_without"] },
  { country: "NLD", name: "BSN", shape: "NNNNNNNNC", tells: ["no_birth", "last"] },
  { country: "POL", name: "PESEL", shape: "YYMMDDNNNNC", digit: 10, tells: ["born", "month_20", "sex_odd", "last"] },
  { country: "ROU", name: "CNP", shape: "NYYMMDDNNNNNC", tells: ["born", "century", "last"] },
  { country: "SVK", name: "Rodné číslo", shape: "YYMMDD/NNNC", tells: ["born", "month_50", "eleven"] },
  { country: "SVN", name: "EMŠO", shape: "DDMMYYYNNNNNC", tells: ["born", "sex_500", "last"] },
  { country: "SWE", name: "Personnummer", shape: "YYYYMMDD-NNNC, YYMMDD-NNNC", tells: ["born", "sex_before_last", "last"] },
];
