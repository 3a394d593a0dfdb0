/** Whether a release of Ant Media Server such as 3.0.3 is at least another one. */
export function isAtLeast(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) >= 0;
}
