/**
 * Scripts of mappings: compiled once, run in sandboxes that are cleaned and used again, stopped when they use too much.
 * The {@link dev.concord.script.Objects} port is what lies behind {@code openidm.*}; whoever runs a script fulfils it.
 */
@NullMarked
package dev.concord.script;

import org.jspecify.annotations.NullMarked;
