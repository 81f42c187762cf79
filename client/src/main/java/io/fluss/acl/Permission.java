package io.fluss.acl;

import io.fluss.FlussException;
import org.apache.flink.annotation.PublicEvolving;

/** Whether a grant gives a right or takes it. */
@PublicEvolving
public enum Permission {
  ALLOW,
  /** Wins over every {@link #ALLOW}, at whichever level. */
  DENY;

  /**
   * Reads a permission, in upper or lower case.
   *
   * @throws FlussException where there is none of that name; lists all
   */
  public static Permission parse(String text) {
    return EnumText.parse(Permission.class, "permission", text);
  }
}
