/**
 * Grants as Kafka's ACLs: which ones each grant needs, how grants are recognised among them, and
 * how they are added and dropped. First class to read: {@link io.fluss.acl.kafka.AclAdmin}.
 */
@ParametersAreNonnullByDefault
package io.fluss.acl.kafka;

import javax.annotation.ParametersAreNonnullByDefault;
