/**
 * REST that PingIDM has no counterpart for, under {@code /api}: problem+json, and whatever runs and people need beyond
 * it.
 */
@NullMarked
package dev.concord.api.own;

import org.jspecify.annotations.NullMarked;
