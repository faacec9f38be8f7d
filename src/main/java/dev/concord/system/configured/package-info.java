/** Opens object sets by their path: the one place that knows all adapters. */
@NullMarked
package dev.concord.system.configured;

import org.jspecify.annotations.NullMarked;
