package io.fluss.acl;

import io.fluss.FlussException;
import io.fluss.table.Names;
import io.fluss.table.TablePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What a grant is about; all that is in it is meant too. As text: {@code cluster}, {@code
 * cluster.database} or {@code cluster.database.table}.
 */
@PublicEvolving
public sealed interface AclResource {

  /** The Kafka cluster, with all its databases, and its other topics too. */
  record Cluster() implements AclResource {

    @Override
    public String toString() {
      return KEYWORD;
    }
  }

  /** A database with its tables, whether it exists or not. */
  record Database(String name) implements AclResource {

    @Override
    public String toString() {
      return KEYWORD + "." + name;
    }
  }

  /** A table with its partitions, whether it exists or not. */
  record Table(TablePath path) implements AclResource {

    @Override
    public String toString() {
      return KEYWORD + "." + path;
    }
  }

  /** What all resources begin with, in upper or lower case. */
  String KEYWORD = "cluster";

  static AclResource cluster() {
    return new Cluster();
  }

  static AclResource database(String name) {
    return new Database(name);
  }

  static AclResource table(TablePath path) {
    return new Table(path);
  }

  /**
   * Reads a resource.
   *
   * @throws FlussException where the text names none
   */
  static AclResource parse(String text) {
    List<String> parts = List.of(text.strip().split("\\.", -1));
    if (GrantFilter.isAny(text)) {
      throw new FlussException("'ANY' is for filters; a grant has one resource: " + PATTERN);
    }
    if (!parts.get(0).equalsIgnoreCase(KEYWORD) || parts.size() > 3) {
      throw malformed(text, "");
    }
    Optional<String> problem =
        Stream.concat(
                parts.stream().skip(1).limit(1).map(Names::problemWithDatabase),
                parts.stream().skip(2).map(Names::problemWithTable))
            .flatMap(Optional::stream)
            .findFirst();
    if (problem.isPresent()) {
      throw malformed(text, problem.get() + " ");
    }
    return switch (parts.size()) {
      case 1 -> cluster();
      case 2 -> database(parts.get(1));
      default -> table(TablePath.of(parts.get(1), parts.get(2)));
    };
  }

  /** How to write one. */
  String PATTERN = "'cluster', 'cluster.<database>' or 'cluster.<database>.<table>'.";

  private static FlussException malformed(String text, String why) {
    return new FlussException(
        "Malformed resource '" + text + "'. " + why + "A resource is " + PATTERN);
  }
}
