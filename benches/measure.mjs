// Processor time of this process, medians, and tables.

/** Milliseconds of processor time that `work` takes, in all threads. @param {() => unknown} work */
export async function cpuTime(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/**
 * Median milliseconds of processor time, after a warm-up; short work is repeated within one measurement.
 * @param {() => unknown} work
 * @param {number} [rounds]
 */
export async function medianTime(work, rounds = 5) {
  const once = Math.max(await cpuTime(work), 0.01);
  const repeats = Math.max(1, Math.min(1000, Math.round(50 / once)));
  const times = [];
  for (let round = 0; round < rounds; round++) {
    times.push(
      (await cpuTime(async () => {
        for (let i = 0; i < repeats; i++) await work();
      })) / repeats,
    );
  }
  return median(times);
}

/** Prints rows under a heading, first column left, others right. @param {string[]} head @param {(string | number)[][]} rows */
export function table(head, rows) {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells) {
    console.log(row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  ").trimEnd());
  }
}
