/**
 * The door for programs: what all its operations have in common. {@code api.openidm} speaks as PingIDM does, so that
 * its clients work unchanged; {@code api.own} has what PingIDM lacks; {@code api.access} says who may use them.
 */
@NullMarked
package dev.concord.api;

import org.jspecify.annotations.NullMarked;
