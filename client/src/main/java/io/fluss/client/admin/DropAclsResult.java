package io.fluss.client.admin;

import io.fluss.acl.Grant;
import io.fluss.acl.GrantFilter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;

/** What becomes of grants that were to be dropped, filter by filter. */
@PublicEvolving
public final class DropAclsResult {

  private final Map<GrantFilter, CompletableFuture<List<Grant>>> values;

  DropAclsResult(Map<GrantFilter, CompletableFuture<List<Grant>>> values) {
    this.values = Map.copyOf(values);
  }

  /** The grants that were dropped, by filter. */
  public Map<GrantFilter, CompletableFuture<List<Grant>>> values() {
    return values;
  }

  /** All grants that were dropped; fails where those of one filter could not be. */
  public CompletableFuture<List<Grant>> all() {
    return CompletableFuture.allOf(values.values().toArray(CompletableFuture[]::new))
        .thenApply(
            done -> values.values().stream().flatMap(f -> f.join().stream()).distinct().toList());
  }
}
