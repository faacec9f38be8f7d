/**
 * Measures Concord against a floor: what plain JDBC needs, on the same data and in the same minutes, for the least that
 * any tool would have to do. Data is generated, runs are those of the product, each in a process of its own, and each
 * measurement proves that what was measured also happened.
 */
@NullMarked
package dev.concord.bench;

import org.jspecify.annotations.NullMarked;
