/**
 * The port to everything that holds objects, and the adapters behind it. An {@link dev.concord.system.ObjectSet} is one
 * type of object in one system; it can be scanned in the order of the store itself, asked for many ids or many filters
 * in one go, and written to in batches. One contract suite tests every adapter.
 */
@NullMarked
package dev.concord.system;

import org.jspecify.annotations.NullMarked;
