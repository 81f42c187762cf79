package io.fluss.acl.kafka;

import io.fluss.acl.AclResource;
import io.fluss.acl.Grant;
import io.fluss.table.TablePath;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** Grants with the names that tables have now in place of those of their topics. */
record Shown(Function<TablePath, Optional<TablePath>> tables) {

  Grant of(Grant kept) {
    return kept.on(of(kept.resource()));
  }

  private AclResource of(AclResource kept) {
    return kept instanceof AclResource.Table topic
        ? AclResource.table(tables.apply(topic.path()).orElse(topic.path()))
        : kept;
  }

  GrantList of(GrantList kept) {
    return new GrantList(
        kept.grants().stream()
            .map(g -> new ListedGrant(of(g.grant()), g.missing(), isVoid(g.grant().resource())))
            .sorted(Comparator.comparing(ListedGrant::grant, Grant.ORDER))
            .toList(),
        kept.foreign().stream().map(f -> new ForeignAcl(of(f.resource()), f.binding())).toList());
  }

  private boolean isVoid(AclResource kept) {
    return kept instanceof AclResource.Table topic && tables.apply(topic.path()).isEmpty();
  }
}
