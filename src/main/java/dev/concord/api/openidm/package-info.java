/**
 * REST as PingIDM has it, under {@code /openidm}: the same paths, parameters and documents, so that clients of PingIDM
 * work unchanged.
 */
@NullMarked
package dev.concord.api.openidm;

import org.jspecify.annotations.NullMarked;
