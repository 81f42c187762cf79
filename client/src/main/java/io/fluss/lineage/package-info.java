/**
 * What is told of a table to whoever follows data through jobs. Connectors show it in Flink's
 * terms.
 */
@ParametersAreNonnullByDefault
package io.fluss.lineage;

import javax.annotation.ParametersAreNonnullByDefault;
