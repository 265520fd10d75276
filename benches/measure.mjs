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
 * Milliseconds of processor time of each `work`, a list of `rounds` for each, after a warm-up. They take turns, so that a busy
 * spell of the machine slows them all; short work is repeated within one measurement.
 * @param {(() => unknown)[]} works
 * @param {number} [rounds]
 */
export async function inTurns(works, rounds = 5) {
  /** @type {number[]} */
  const repeats = [];
  for (const work of works) {
    const once = Math.max(await cpuTime(work), 0.01);
    repeats.push(Math.max(1, Math.min(1000, Math.round(50 / once))));
  }
  /** @type {number[][]} */
  const times = works.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, work] of works.entries()) {
      const all = await cpuTime(async () => {
        for (let n = 0; n < repeats[i]; n++) await work();
      });
      times[i].push(all / repeats[i]);
    }
  }
  return times;
}

/** The median of one work's rounds. @param {() => unknown} work @param {number} [rounds] */
export async function medianTime(work, rounds = 5) {
  return median((await inTurns([work], rounds))[0]);
}

/** Prints rows under a heading, first column left, others right. @param {string[]} head @param {(string | number)[][]} rows */
export function table(head, rows) {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells) {
    console.log(row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  ").trimEnd());
  }
}
