/** The missing markers as cells are compared with them: trimmed, quick to ask. */
export function missingMarkerSet(markers: readonly string[]): ReadonlySet<string> {
  return new Set(markers.map((marker) => marker.trim()));
}
