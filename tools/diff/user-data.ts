interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}

/** A unified diff with three lines of context. */
export function unifiedDiff(before: string, after: string): string {
  const lines = editScript(before.split("\n"), after.split("\n"));
  const near = lines.map((_, index) => lines.slice(Math.max(index - 3, 0), index + 4).some(({ sign }) => sign !== " "));
  const shown: string[] = [];
  let [oldLine, newLine] = [1, 1];
  lines.forEach(({ sign, text }, index) => {
    if (near[index] === true) {
      if (near[index - 1] !== true) shown.push(`@@ -${oldLine} +${newLine} @@`);
      shown.push(`${sign}${text}`);
    }
    if (sign !== "+") oldLine += 1;
    if (sign !== "-") newLine += 1;
  });
  return shown.join("\n");
}

/** The longest common subsequence by the table; user data has some hundred lines. */
function editScript(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const [down, right, diagonal] = [(i + 1) * width + j, i * width + j + 1, (i + 1) * width + j + 1];
      const isEqual = before[i] === after[j];
      common[i * width + j] = isEqual ? (common[diagonal] ?? 0) + 1 : Math.max(common[down] ?? 0, common[right] ?? 0);
    }
  }
  const script: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      script.push({ sign: " ", text: before[i] ?? "" });
      i += 1;
      j += 1;
    } else if (
      j >= after.length ||
      (i < before.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      script.push({ sign: "-", text: before[i] ?? "" });
      i += 1;
    } else {
      script.push({ sign: "+", text: after[j] ?? "" });
      j += 1;
    }
  }
  return script;
}
