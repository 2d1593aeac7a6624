import type { Manifest } from "@gillnet/model-bundle";

/** "95.8 % accuracy (95.0 to 96.5). " and the sentence that says on which rows that was measured. */
export function modelFigure(manifest: Manifest): string {
  const { value, low, high } = manifest.metrics.test.accuracy;
  const protocol = manifest.metrics.protocol.trim().replace(/\.$/, "");
  return `${percent(value)} % accuracy (${percent(low)} to ${percent(high)}). ${protocol}.`;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
