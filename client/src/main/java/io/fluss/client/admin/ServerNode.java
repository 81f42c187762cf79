package io.fluss.client.admin;

import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A broker of the cluster.
 *
 * @param rack null where it has none
 */
@PublicEvolving
public record ServerNode(int id, String host, int port, @Nullable String rack) {}
