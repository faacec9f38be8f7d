/**
 * The pure heart: what is known about a record becomes a situation, a rule, and the steps of an action. No input or
 * output, no clock, no framework; everything that must be looked up is given.
 */
@NullMarked
package dev.concord.situation;

import org.jspecify.annotations.NullMarked;
