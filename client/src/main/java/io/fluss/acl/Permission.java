package io.fluss.acl;

import io.fluss.FlussException;

/** Whether a grant gives a right or takes it. */
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
