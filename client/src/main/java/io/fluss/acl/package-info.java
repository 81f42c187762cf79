/**
 * Who may do what with databases and tables: the words of grants, and what is said where a right is
 * missing. How grants become Kafka's ACLs is in {@link io.fluss.acl.kafka}. First class to read:
 * {@link io.fluss.acl.Grant}.
 */
@ParametersAreNonnullByDefault
package io.fluss.acl;

import javax.annotation.ParametersAreNonnullByDefault;
