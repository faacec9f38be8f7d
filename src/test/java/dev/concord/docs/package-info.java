/**
 * Keeps the README and the pages in {@code docs/} true: links, commands, tables and samples are read from the pages
 * themselves.
 */
@NullMarked
package dev.concord.docs;

import org.jspecify.annotations.NullMarked;
