// Long work in short tasks, so that the page answers its reader in between.

/** Milliseconds of work before the page gets its turn: well under the 50 from which a task counts as long. */
const SLICE = 10;

/** Milliseconds after which a message to ourselves counts as lost. */
const LOST = 1000;

/** Resolves when the page has had its turn. */
export function nextTask() {
  const { scheduler } = globalThis;
  // In a worker too this would go before messages, such as the one that ends the work.
  if (scheduler?.yield && globalThis.document) return scheduler.yield();
  if (!globalThis.MessageChannel) return new Promise((resolve) => setTimeout(resolve));
  // Timers are put off by milliseconds, in a hidden page by seconds; messages are not.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const goOn = () => {
      clearTimeout(timer);
      port1.close();
      resolve();
    };
    // Should a browser ever lose the message, the reading must not stand still for good.
    const timer = setTimeout(goOn, LOST);
    port1.onmessage = goOn;
    port2.postMessage(0);
  });
}

/**
 * Calls `step` until it returns true, in tasks of their own: the page has its turn before the first and between them.
 *
 * @param {() => boolean} step
 * @param {AbortSignal} [signal]
 */
export async function inSlices(step, signal) {
  for (let done = false; !done; ) {
    await nextTask();
    signal?.throwIfAborted();
    const start = performance.now();
    do done = step();
    while (!done && performance.now() - start < SLICE);
  }
}
