/**
 * Keeps the README and the pages in {@code docs/} true: links, commands, tables and samples are read from the pages
 * themselves.
 */
package dev.concord.docs;
