/**
 * What definitions touch and what is odd about them: every use of an object type or an attribute, inside filters by
 * their own parser and inside scripts by their syntax tree, and warnings about definitions that can be read but not
 * meant. Nothing here is on the path of a run; definitions and the header rows of files are read, no script is run and
 * no database is opened.
 */
@NullMarked
package dev.concord.review;

import org.jspecify.annotations.NullMarked;
