/**
 * The architecture of {@code DESIGN.md} as rules that a build can fail.
 *
 * <p>May import ArchUnit; nothing of the product. Read {@link
 * io.fluss.testkit.arch.ArchitectureRules}; each module has an {@code ArchitectureTest} of one line
 * that calls it.
 */
@ParametersAreNonnullByDefault
package io.fluss.testkit.arch;

import javax.annotation.ParametersAreNonnullByDefault;
