/** Of a value from the data that stands in a sentence. */
const LONGEST_VALUE = 60;

/** A count for people: "11,055 rows", "1 row". The plural is the noun with an s unless given. */
export function countOf(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

/** A share from 0 to 1 as a percentage for people, with two decimals at most: "98.97 %". */
export function percent(share: number): string {
  return `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: 2 })} %`;
}

/** A value from the data in quotes; long ones are cut. */
export function quoted(value: string): string {
  return value.length > LONGEST_VALUE ? `'${value.slice(0, LONGEST_VALUE)}…'` : `'${value}'`;
}

/** The first few of a list for people: "'a', 'b' and 3 more". */
export function listOf(items: readonly string[], maximum: number = 5): string {
  const shown = items.slice(0, maximum).map(quoted);
  const more = items.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
