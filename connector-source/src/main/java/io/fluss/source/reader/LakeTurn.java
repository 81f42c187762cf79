package io.fluss.source.reader;

/** Lets the fetcher thread wait until the task thread has read a part of the lake. Thread-safe. */
final class LakeTurn {

  private boolean over;
  private boolean woken;

  /** The task thread has read it. */
  synchronized void end() {
    over = true;
    notifyAll();
  }

  /**
   * Waits for that.
   *
   * @return false where it was woken up before
   */
  synchronized boolean await() {
    while (!over && !woken) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    woken = false;
    return over;
  }

  /** The fetcher thread has other work; also where it does not wait yet. */
  synchronized void wakeUp() {
    woken = true;
    notifyAll();
  }
}
