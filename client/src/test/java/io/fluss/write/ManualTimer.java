package io.fluss.write;

/** A clock and its alarm that move when the test says so. */
final class ManualTimer implements WriteTimer {

  static final long NONE = -1;

  long nowMillis = 1000;
  long alarmMillis = NONE;
  int alarms;

  @Override
  public void wakeAt(long timeMillis) {
    alarmMillis = timeMillis;
    alarms++;
  }

  /** Moves the clock and rings where the time has come. */
  void advance(long millis, LogBatchGatherer gatherer) throws InterruptedException {
    nowMillis += millis;
    if (alarmMillis != NONE && alarmMillis <= nowMillis) {
      alarmMillis = NONE;
      gatherer.onTimer();
    }
  }
}
