package io.fluss.client.admin;

import io.fluss.acl.Grant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.annotation.PublicEvolving;

/** What becomes of grants that were to be created, each by itself. */
@PublicEvolving
public final class CreateAclsResult {

  private final Map<Grant, CompletableFuture<Void>> values;

  CreateAclsResult(Map<Grant, CompletableFuture<Void>> values) {
    this.values = Map.copyOf(values);
  }

  /** By grant. */
  public Map<Grant, CompletableFuture<Void>> values() {
    return values;
  }

  /** Completes when all are there; fails where one is not. */
  public CompletableFuture<Void> all() {
    return CompletableFuture.allOf(values.values().toArray(CompletableFuture[]::new));
  }
}
